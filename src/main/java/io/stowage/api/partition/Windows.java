package io.stowage.api.partition;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Where windows begin, in one zone. They follow one another without a gap, so the end of one is the
 * start of the next.
 */
interface Windows {
  /** The start of the window that the instant is in. */
  Instant floor(Instant instant);

  /** The start of the window after the one that begins here. */
  Instant next(Instant start);

  default Instant previous(Instant start) {
    return floor(start.minusNanos(1));
  }

  /** The first start at or after the instant. */
  default Instant ceiling(Instant instant) {
    Instant floor = floor(instant);
    return floor.equals(instant) ? floor : next(floor);
  }

  default boolean begin(Instant instant) {
    return floor(instant).equals(instant);
  }

  /**
   * The start of the window so many after the one that begins here; before it, where the count is
   * negative.
   */
  default Instant plus(Instant start, int count) {
    Instant moved = start;
    for (int i = 0; i < count; i++) {
      moved = next(moved);
    }
    for (int i = 0; i > count; i--) {
      moved = previous(moved);
    }
    return moved;
  }

  static Windows of(WindowCycle cycle, ZoneId zone, PartitionContext context) {
    return switch (cycle) {
      case WindowCycle.Calendar calendar -> calendar(calendar, zone);
      case WindowCycle.Cron(var expression) -> cron(context.crons().apply(expression), zone);
    };
  }

  /** Where nobody knows cron: any minute may begin a window. */
  static Windows withoutContext(WindowCycle cycle, ZoneId zone) {
    return switch (cycle) {
      case WindowCycle.Calendar calendar -> calendar(calendar, zone);
      case WindowCycle.Cron _ -> new AnyMinute();
    };
  }

  private static Windows calendar(WindowCycle.Calendar calendar, ZoneId zone) {
    return calendar.unit() == WindowCycle.Unit.HOUR
        ? new HourWindows(calendar.minutes(), zone)
        : new DateWindows(calendar, zone);
  }

  private static Windows cron(CronSchedule schedule, ZoneId zone) {
    return new CronWindows(schedule, zone);
  }

  record CronWindows(CronSchedule schedule, ZoneId zone) implements Windows {
    @Override
    public Instant floor(Instant instant) {
      return schedule.last(instant, zone);
    }

    @Override
    public Instant next(Instant start) {
      return schedule.next(start, zone);
    }
  }

  record AnyMinute() implements Windows {
    @Override
    public Instant floor(Instant instant) {
      return instant.truncatedTo(ChronoUnit.MINUTES);
    }

    @Override
    public Instant next(Instant start) {
      return start.plus(1, ChronoUnit.MINUTES);
    }
  }
}
