package io.stowage.io.csv;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the text of a field becomes a value; all of them write as {@code toString} says. */
record CsvScalar(String name, Function<String, Object> parse) {
  private static final Map<Class<?>, CsvScalar> KNOWN =
      Map.ofEntries(
          Map.entry(String.class, new CsvScalar("text", text -> text)),
          Map.entry(long.class, new CsvScalar("whole number", Long::valueOf)),
          Map.entry(Long.class, new CsvScalar("whole number", Long::valueOf)),
          Map.entry(int.class, new CsvScalar("whole number", Integer::valueOf)),
          Map.entry(Integer.class, new CsvScalar("whole number", Integer::valueOf)),
          Map.entry(short.class, new CsvScalar("whole number", Short::valueOf)),
          Map.entry(Short.class, new CsvScalar("whole number", Short::valueOf)),
          Map.entry(double.class, new CsvScalar("number", Double::valueOf)),
          Map.entry(Double.class, new CsvScalar("number", Double::valueOf)),
          Map.entry(float.class, new CsvScalar("number", Float::valueOf)),
          Map.entry(Float.class, new CsvScalar("number", Float::valueOf)),
          Map.entry(boolean.class, new CsvScalar("true or false", CsvScalar::bool)),
          Map.entry(Boolean.class, new CsvScalar("true or false", CsvScalar::bool)),
          Map.entry(BigDecimal.class, new CsvScalar("number", BigDecimal::new)),
          Map.entry(BigInteger.class, new CsvScalar("whole number", BigInteger::new)),
          Map.entry(
              Instant.class, new CsvScalar("time such as 2012-03-01T12:00:00Z", Instant::parse)),
          Map.entry(LocalDate.class, new CsvScalar("date such as 2012-03-01", LocalDate::parse)),
          Map.entry(LocalTime.class, new CsvScalar("time such as 12:00:00", LocalTime::parse)),
          Map.entry(
              LocalDateTime.class,
              new CsvScalar("time such as 2012-03-01T12:00:00", LocalDateTime::parse)),
          Map.entry(Duration.class, new CsvScalar("duration such as PT30S", Duration::parse)),
          Map.entry(UUID.class, new CsvScalar("UUID", UUID::fromString)),
          Map.entry(URI.class, new CsvScalar("URI", URI::create)));

  static @Nullable CsvScalar of(Class<?> type) {
    if (type.isEnum()) {
      return new CsvScalar(
          "one of " + java.util.Arrays.toString(type.getEnumConstants()),
          text -> constant(type, text));
    }
    return KNOWN.get(type);
  }

  private static Object bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** By the constant's name, in whatever case, or by how it prints. */
  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(text) || constant.toString().equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(text);
  }
}
