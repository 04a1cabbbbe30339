package io.stowage.api.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Windows of time that follow one another. A window is a partition once it is complete: where its
 * end is not after now.
 *
 * <p>A window's key is its start, written in the format. Where a clock that is set back makes two
 * windows begin at the same local time, the later one's key has its offset from UTC appended:
 * {@code 2024-11-03-01:00-05:00}.
 *
 * @param start on the clock of the zone, in whole minutes; the first window is the first that
 *     begins then or later
 * @param end no window ends after it; endless where it is absent
 * @param endOffset how many windows beyond the last complete one are partitions too; where
 *     negative, how many fewer
 */
public record TimeWindowPartitionsDefinition(
    WindowCycle cycle,
    LocalDateTime start,
    @Nullable LocalDateTime end,
    ZoneId zone,
    KeyFormat format,
    int endOffset,
    String dimension)
    implements SingleDimensionDefinition {
  private static final int MOST_OFFSET = 10_000;
  private static final int TRIED = 60;

  public TimeWindowPartitionsDefinition {
    PartitionKey.checkDimension(dimension);
    checkMinutes(start);
    if (end != null) {
      checkMinutes(end);
      if (!start.isBefore(end)) {
        throw Faults.configuration(
            "time partitions from " + start + " end before they start, at " + end);
      }
    }
    if (Math.abs(endOffset) > MOST_OFFSET) {
      throw Faults.configuration(
          "end offset " + endOffset + " is beyond " + MOST_OFFSET + " windows");
    }
    checkFormat(cycle, start.atZone(zone), format);
  }

  private static void checkMinutes(LocalDateTime time) {
    if (!time.equals(time.truncatedTo(ChronoUnit.MINUTES))
        || time.getYear() < 1
        || time.getYear() > 9999) {
      throw Faults.configuration(
          "time partitions cannot start or end at " + time + ": write whole minutes");
    }
  }

  private static void checkFormat(WindowCycle cycle, ZonedDateTime start, KeyFormat format) {
    boolean tellsApart;
    try {
      tellsApart =
          cycle instanceof WindowCycle.Calendar
              ? new WindowKeys(
                      Windows.withoutContext(cycle, start.getZone()), start.getZone(), format)
                  .roundTrip(start.toInstant(), TRIED)
              : !format.instants(format.text(start), start.getZone()).isEmpty();
    } catch (DateTimeException e) {
      tellsApart = false;
    }
    if (!tellsApart) {
      throw Faults.configuration(
          "format "
              + Faults.quoted(format.pattern())
              + " cannot write and read the key of "
              + cycle.noun()
              + ": it needs a pattern such as "
              + cycle.defaultFormat());
    }
  }

  TimeWindowPartitionsDefinition(WindowCycle cycle, LocalDateTime start) {
    this(cycle, start, null, ZoneId.of("UTC"), KeyFormat.of(cycle.defaultFormat()), 0, DATE);
  }

  /**
   * The same until a time, which no window exceeds: {@code 2016-01}, {@code 2016-01-01}, {@code
   * 2016-01-01T06:00}.
   */
  public TimeWindowPartitionsDefinition until(String time) {
    return new TimeWindowPartitionsDefinition(
        cycle, start, LocalTimes.parse("end", time), zone, format, endOffset, dimension);
  }

  /** The same on the clock of a zone; UTC where none is named. */
  public TimeWindowPartitionsDefinition in(ZoneId other) {
    return new TimeWindowPartitionsDefinition(
        cycle, start, end, other, format, endOffset, dimension);
  }

  /** The same with keys written by a pattern of {@link java.time.format.DateTimeFormatter}. */
  public TimeWindowPartitionsDefinition format(String pattern) {
    return new TimeWindowPartitionsDefinition(
        cycle, start, end, zone, KeyFormat.of(pattern), endOffset, dimension);
  }

  public TimeWindowPartitionsDefinition endOffset(int windows) {
    return new TimeWindowPartitionsDefinition(cycle, start, end, zone, format, windows, dimension);
  }

  /**
   * The same with windows that begin later: days after Monday or the first of the month, hours
   * after midnight, minutes after the hour.
   */
  public TimeWindowPartitionsDefinition beginning(int days, int hours, int minutes) {
    if (!(cycle instanceof WindowCycle.Calendar(var unit, _, _, _))) {
      throw Faults.configuration(
          cycle.noun() + " begins when the expression says: it has no offset");
    }
    return new TimeWindowPartitionsDefinition(
        new WindowCycle.Calendar(unit, days, hours, minutes),
        start,
        end,
        zone,
        format,
        endOffset,
        dimension);
  }

  @Override
  public TimeWindowPartitionsDefinition named(String name) {
    return new TimeWindowPartitionsDefinition(cycle, start, end, zone, format, endOffset, name);
  }
}
