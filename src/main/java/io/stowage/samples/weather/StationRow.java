package io.stowage.samples.weather;

import io.stowage.api.partition.PartitionKey;
import java.time.LocalDate;

/** A line of the stations' file; its columns are named {@code temp_max} and {@code temp_min}. */
record StationRow(
    String location,
    LocalDate date,
    double precipitation,
    double tempMax,
    double tempMin,
    double wind,
    String weather) {

  boolean isIn(PartitionKey monthByCity) {
    return location.equals(monthByCity.dimension("city"))
        && date.toString().startsWith(monthByCity.dimension("date"));
  }
}
