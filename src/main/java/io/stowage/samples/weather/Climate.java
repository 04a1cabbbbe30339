package io.stowage.samples.weather;

import java.util.List;

/**
 * All days of a city.
 *
 * @param mean of the days' means, in °C
 * @param rain in all, in mm
 */
record Climate(String city, int days, double mean, double rain) {
  static Climate of(List<Observation> days) {
    return new Climate(
        days.getFirst().city(),
        days.size(),
        rounded(days.stream().mapToDouble(Observation::mean).average().orElseThrow()),
        rounded(days.stream().mapToDouble(Observation::rain).sum()));
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
