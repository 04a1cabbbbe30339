package io.stowage.io.table.column;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Times as PostgreSQL counts them: microseconds and days from the year 2000 on. What is finer than
 * a microsecond is cut off.
 */
final class SqlTimes {
  private static final long MICROS = 1_000_000;
  private static final LocalDate DAY_ZERO = LocalDate.of(2000, 1, 1);
  private static final long SECOND_ZERO =
      DAY_ZERO.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
  private static final LocalDate FIRST_DAY = LocalDate.of(-4712, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(5_874_897, 12, 31);
  private static final long FIRST_SECOND =
      FIRST_DAY.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
  private static final long END_SECOND =
      LocalDate.of(294_277, 1, 1).toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);

  private SqlTimes() {}

  static long micros(Instant value) {
    return micros(value.getEpochSecond(), value.getNano());
  }

  static long micros(LocalDateTime value) {
    return micros(value.toEpochSecond(ZoneOffset.UTC), value.getNano());
  }

  private static long micros(long seconds, int nanos) {
    if (seconds < FIRST_SECOND || seconds >= END_SECOND) {
      throw new IllegalArgumentException(
          "the time is out of range: PostgreSQL's are of the years -4712 to 294276");
    }
    return (seconds - SECOND_ZERO) * MICROS + nanos / 1000;
  }

  static long micros(LocalTime value) {
    return value.toNanoOfDay() / 1000;
  }

  static int days(LocalDate value) {
    if (value.isBefore(FIRST_DAY) || value.isAfter(LAST_DAY)) {
      throw new IllegalArgumentException(
          "the date is out of range: PostgreSQL's are of the years -4712 to 5874897");
    }
    return (int) (value.toEpochDay() - DAY_ZERO.toEpochDay());
  }

  static Instant instant(long micros) {
    checkFinite(micros == Long.MAX_VALUE, micros == Long.MIN_VALUE);
    return Instant.ofEpochSecond(
        SECOND_ZERO + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
  }

  static LocalDateTime timestamp(long micros) {
    checkFinite(micros == Long.MAX_VALUE, micros == Long.MIN_VALUE);
    return LocalDateTime.ofEpochSecond(
        SECOND_ZERO + Math.floorDiv(micros, MICROS),
        (int) (Math.floorMod(micros, MICROS) * 1000),
        ZoneOffset.UTC);
  }

  static LocalDate date(int days) {
    checkFinite(days == Integer.MAX_VALUE, days == Integer.MIN_VALUE);
    return DAY_ZERO.plusDays(days);
  }

  /** PostgreSQL's end of a day, 24:00, is none of Java's. */
  static LocalTime time(long micros) {
    if (micros >= 24 * 3600 * MICROS) {
      throw new IllegalArgumentException("it is 24:00, which no time of a day is");
    }
    return LocalTime.ofNanoOfDay(micros * 1000);
  }

  private static void checkFinite(boolean last, boolean first) {
    if (last || first) {
      throw new IllegalArgumentException(
          "it is " + (last ? "infinity" : "-infinity") + ", which no time of Java is");
    }
  }
}
