package io.stowage.api.partition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

/**
 * How the start of a window is written as a key: a pattern of {@link DateTimeFormatter}, in
 * English.
 *
 * <p>Two formats are equal where their patterns are.
 */
public final class KeyFormat {
  private final String pattern;
  private final DateTimeFormatter writer;
  private final DateTimeFormatter reader;

  private KeyFormat(String pattern) {
    this.pattern = pattern;
    this.writer = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    this.reader =
        new DateTimeFormatterBuilder()
            .append(writer)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .toFormatter(Locale.ENGLISH);
  }

  /**
   * @throws io.stowage.api.StowageException {@code INVALID_CONFIGURATION} where it is no pattern
   */
  public static KeyFormat of(String pattern) {
    try {
      return new KeyFormat(pattern);
    } catch (IllegalArgumentException e) {
      throw Faults.configuration(
          "format "
              + Faults.quoted(pattern)
              + " is no pattern of dates and times, such as yyyy-MM-dd");
    }
  }

  public String pattern() {
    return pattern;
  }

  String text(ZonedDateTime start) {
    return writer.format(start);
  }

  /**
   * The instants that the text can mean, without what the pattern leaves out: two where the clock
   * shows that time twice.
   *
   * @throws DateTimeException where the text does not have this format
   */
  List<Instant> instants(String text, ZoneId zone) {
    TemporalAccessor parsed = reader.parse(text);
    LocalTime time = parsed.query(TemporalQueries.localTime());
    LocalDateTime local = LocalDateTime.of(date(parsed), time == null ? LocalTime.MIDNIGHT : time);
    if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
      return List.of(
          local.toInstant(ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))));
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? List.of(local.atZone(zone).toInstant())
        : offsets.stream().map(local::toInstant).toList();
  }

  private static LocalDate date(TemporalAccessor parsed) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date != null) {
      return date;
    }
    int month =
        parsed.isSupported(ChronoField.MONTH_OF_YEAR) ? parsed.get(ChronoField.MONTH_OF_YEAR) : 1;
    return LocalDate.of(parsed.get(ChronoField.YEAR), month, 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyFormat format && format.pattern.equals(pattern);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }

  @Override
  public String toString() {
    return pattern;
  }
}
