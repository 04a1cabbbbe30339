package io.stowage.samples.weather;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.stowage.api.DynamicOutput;
import io.stowage.api.Input;
import io.stowage.api.Job;
import io.stowage.api.Op;
import io.stowage.api.schedule.Schedule;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Ranks the cities, however many there are in the file: values of a run, and no assets. Each new
 * year, unless somebody asks before.
 */
@Schedule(cron = "0 6 1 1 *", zone = "America/New_York")
@Job(ioManager = "lake", description = "The cities by their rain, each worked out by itself")
class Almanac {

  /** The days of each city, under its name. */
  @Op
  Stream<DynamicOutput<List<Observation>>> cities(
      @Input(manager = "source", options = "path=weather.csv") Stream<StationRow> stationRows) {
    return stationRows
        .map(Observation::of)
        .collect(groupingBy(Observation::city, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(city -> DynamicOutput.of(city.getKey(), city.getValue()));
  }

  /** Called once for each city. */
  @Op
  Climate climate(@Input("cities") List<Observation> days) {
    return Climate.of(days);
  }

  /** All of them, the wettest first. */
  @Op(ioManager = "sheets")
  List<Climate> ranking(List<Climate> climate) {
    return climate.stream().sorted(Comparator.comparingDouble(Climate::rain).reversed()).toList();
  }
}
