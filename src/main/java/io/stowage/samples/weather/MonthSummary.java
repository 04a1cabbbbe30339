package io.stowage.samples.weather;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A month in one city.
 *
 * @param mean of the days' means, in °C
 * @param low the lowest, in °C
 * @param high the highest, in °C
 * @param rain in all, in mm
 * @param rainyDays days with any rain
 */
record MonthSummary(
    String month, String city, double mean, double low, double high, double rain, int rainyDays) {

  /** By month, then city. */
  static List<MonthSummary> of(Stream<Observation> observations) {
    return observations
        .collect(groupingBy(day -> day.month() + day.city(), TreeMap::new, toList()))
        .values()
        .stream()
        .map(MonthSummary::ofMonth)
        .toList();
  }

  private static MonthSummary ofMonth(List<Observation> days) {
    Observation first = days.getFirst();
    return new MonthSummary(
        first.month(),
        first.city(),
        rounded(days.stream().mapToDouble(Observation::mean).average().orElseThrow()),
        days.stream().mapToDouble(Observation::low).min().orElseThrow(),
        days.stream().mapToDouble(Observation::high).max().orElseThrow(),
        rounded(days.stream().mapToDouble(Observation::rain).sum()),
        (int) days.stream().filter(day -> day.rain() > 0).count());
  }

  /** The city and month with the most rain. */
  static String wettest(List<MonthSummary> months) {
    return months.stream()
        .max(comparingDouble(MonthSummary::rain))
        .map(month -> month.city() + ", " + month.month())
        .orElse("none");
  }

  boolean addsUp() {
    return low <= mean && mean <= high && rain >= 0 && (rain > 0 || rainyDays == 0);
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
