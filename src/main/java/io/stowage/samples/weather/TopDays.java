package io.stowage.samples.weather;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The hottest and the rainiest days of those it is shown; it keeps no others. */
final class TopDays {
  /** The lesser first; of two that measured the same, the later is the lesser. */
  private static final Comparator<Day> LESSER =
      comparingDouble(Day::measured)
          .thenComparing(Day::date, Comparator.reverseOrder())
          .thenComparing(comparing(Day::city).reversed());

  private final int size;
  private final PriorityQueue<Day> hottest = new PriorityQueue<>(LESSER);
  private final PriorityQueue<Day> rainiest = new PriorityQueue<>(LESSER);

  TopDays(int size) {
    this.size = size;
  }

  void add(Observation day) {
    keep(hottest, new Day(day.date(), day.city(), day.high()));
    keep(rainiest, new Day(day.date(), day.city(), day.rain()));
  }

  private void keep(PriorityQueue<Day> days, Day day) {
    days.add(day);
    if (days.size() > size) {
      days.remove();
    }
  }

  List<Day> hottest() {
    return hottest.stream().sorted(LESSER.reversed()).toList();
  }

  List<Day> rainiest() {
    return rainiest.stream().sorted(LESSER.reversed()).toList();
  }
}
