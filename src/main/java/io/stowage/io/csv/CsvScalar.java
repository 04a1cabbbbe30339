package io.stowage.io.csv;

import io.stowage.io.record.TextForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a field becomes a value.
 *
 * @param name what it should be, for a message
 * @param spaces whether those around it belong to it
 */
record CsvScalar(String name, boolean spaces, Function<String, Object> parser) {
  private static final CsvScalar TEXT = new CsvScalar("text", true, text -> text);
  private static final Map<Class<?>, CsvScalar> KNOWN =
      Map.ofEntries(
          Map.entry(String.class, TEXT),
          Map.entry(char.class, new CsvScalar("single character", true, CsvScalar::character)),
          Map.entry(Character.class, new CsvScalar("single character", true, CsvScalar::character)),
          Map.entry(byte.class, new CsvScalar("whole number", Byte::valueOf)),
          Map.entry(Byte.class, new CsvScalar("whole number", Byte::valueOf)),
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

  private CsvScalar(String name, Function<String, Object> parser) {
    this(name, false, parser);
  }

  static @Nullable CsvScalar of(Class<?> type) {
    if (type.isEnum()) {
      return new CsvScalar(
          "one of " + Arrays.toString(type.getEnumConstants()), text -> constant(type, text));
    }
    TextForm form = TextForm.of(type);
    return form == null || KNOWN.containsKey(type)
        ? KNOWN.get(type)
        : new CsvScalar(form.what().replaceFirst("^an? ", ""), form::parse);
  }

  /** Whether an empty field is a value. */
  boolean isText() {
    return equals(TEXT);
  }

  /**
   * @throws RuntimeException where it is no such value
   */
  Object parse(String text) {
    return parser.apply(spaces ? text : text.strip());
  }

  /** What {@link #parse} reads; an enum's constant by its name, however it prints. */
  static String text(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }

  private static Object character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(text);
    }
    return text.charAt(0);
  }

  private static Object bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** By the constant's name, else by it in whatever case, or by how it prints. */
  private static Object constant(Class<?> type, String text) {
    Object[] constants = type.getEnumConstants();
    return Stream.<Predicate<Enum<?>>>of(
            each -> each.name().equals(text),
            each -> each.toString().equals(text),
            each -> each.name().equalsIgnoreCase(text))
        .flatMap(is -> Arrays.stream(constants).filter(each -> is.test((Enum<?>) each)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }
}
