package io.stowage.api.partition;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * A window begins whenever the clock on the wall shows the minute. So where a clock is changed by
 * whole hours each window is an hour, and a day has 23 or 25 of them; where it is changed by half
 * an hour, one window lasts for an hour and a half.
 */
record HourWindows(int minute, ZoneId zone) implements Windows {
  private static final int HOUR = 3600;

  @Override
  public Instant floor(Instant instant) {
    int offset = zone.getRules().getOffset(instant).getTotalSeconds();
    long local = instant.getEpochSecond() + offset - minute * 60L;
    Instant floor = Instant.ofEpochSecond(instant.getEpochSecond() - Math.floorMod(local, HOUR));
    if (zone.getRules().isFixedOffset()
        || zone.getRules().getOffset(floor).getTotalSeconds() == offset) {
      return floor;
    }
    // The clock was changed since, and has not shown the minute after the change.
    ZoneOffsetTransition change = zone.getRules().previousTransition(instant.plusNanos(1));
    return floor.isBefore(change.getInstant()) ? floor(change.getInstant().minusNanos(1)) : floor;
  }

  @Override
  public Instant next(Instant start) {
    Instant next = floor(start.plusSeconds(HOUR));
    return next.isAfter(start) ? next : floor(start.plusSeconds(2 * HOUR));
  }
}
