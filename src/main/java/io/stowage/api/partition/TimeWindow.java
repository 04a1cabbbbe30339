package io.stowage.api.partition;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A stretch of time, half-open: its start belongs to it, its end does not.
 *
 * @param zone in which the start and the end are shown, and dates are meant
 */
public record TimeWindow(Instant start, Instant end, ZoneId zone) {
  public TimeWindow {
    if (!start.isBefore(end)) {
      throw Faults.request(
          "a time window from " + start + " to " + end + " is empty: it must end after it starts");
    }
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /**
   * Whether the day begins in this window, in its zone: so of windows that follow one another
   * exactly one contains the day, whatever hour they begin at.
   */
  public boolean contains(LocalDate day) {
    return contains(day.atStartOfDay(zone).toInstant());
  }

  public boolean overlaps(TimeWindow other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  /** The day on which it starts, in its zone. */
  public LocalDate startDate() {
    return startsAt().toLocalDate();
  }

  public ZonedDateTime startsAt() {
    return start.atZone(zone);
  }

  /** The first moment that does not belong to it. */
  public ZonedDateTime endsAt() {
    return end.atZone(zone);
  }

  /** As an ISO 8601 interval: {@code 2024-03-01T00:00+01:00/2024-04-01T00:00+02:00}. */
  @Override
  public String toString() {
    return startsAt().toOffsetDateTime() + "/" + endsAt().toOffsetDateTime();
  }
}
