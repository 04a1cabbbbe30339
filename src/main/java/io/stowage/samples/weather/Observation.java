package io.stowage.samples.weather;

import java.time.LocalDate;

/**
 * One day in one city.
 *
 * @param low in °C
 * @param high in °C
 * @param rain in mm
 * @param wind in m/s
 */
record Observation(
    String city, LocalDate date, double low, double high, double rain, double wind, Sky sky) {

  static Observation of(StationRow row) {
    return new Observation(
        row.location(),
        row.date(),
        row.tempMin(),
        row.tempMax(),
        row.precipitation(),
        row.wind(),
        Sky.of(row.weather()));
  }

  double mean() {
    return (low + high) / 2;
  }

  /** {@code 2012-03}. */
  String month() {
    return date.toString().substring(0, 7);
  }
}
