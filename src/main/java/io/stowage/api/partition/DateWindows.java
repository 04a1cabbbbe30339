package io.stowage.api.partition;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * Windows of days, weeks and months: each begins at a date and a time of day, on the clock of the
 * zone. A time that a change of the clock leaves out is taken as much later, one that occurs twice
 * is the first. A day that a zone left out altogether is not a window.
 */
record DateWindows(WindowCycle.Calendar cycle, ZoneId zone) implements Windows {
  @Override
  public Instant floor(Instant instant) {
    LocalDate unit = unit(instant);
    Instant start = start(plus(unit, 1));
    for (int back = 0; start.isAfter(instant); back--) {
      start = start(plus(unit, back));
    }
    return start;
  }

  @Override
  public Instant next(Instant window) {
    LocalDate unit = unit(window);
    Instant start = start(unit);
    for (int on = 1; !start.isAfter(window); on++) {
      start = start(plus(unit, on));
    }
    return start;
  }

  /** The first day of the calendar's unit that the instant is in, give or take one. */
  private LocalDate unit(Instant instant) {
    LocalDate date =
        instant
            .atZone(zone)
            .toLocalDateTime()
            .minusMinutes(cycle.minutes())
            .minusHours(cycle.hours())
            .minusDays(cycle.days())
            .toLocalDate();
    return switch (cycle.unit()) {
      case HOUR, DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
    };
  }

  private LocalDate plus(LocalDate unit, int count) {
    return switch (cycle.unit()) {
      case HOUR, DAY -> unit.plusDays(count);
      case WEEK -> unit.plusWeeks(count);
      case MONTH -> unit.plusMonths(count);
    };
  }

  private Instant start(LocalDate unit) {
    return unit.plusDays(cycle.days())
        .atTime(cycle.hours(), cycle.minutes())
        .atZone(zone)
        .toInstant();
  }
}
