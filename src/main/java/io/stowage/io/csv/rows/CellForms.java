package io.stowage.io.csv.rows;

import io.stowage.io.record.TextForm;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types that a cell can have. Numbers have a point, times are ISO 8601, bytes are Base64. */
final class CellForms {
  private static final CellForm TEXT = CellForm.of("text", text -> text);
  private static final CellForm INT = trimmed("a whole number (int)", Integer::valueOf);
  private static final CellForm LONG = trimmed("a whole number (long)", Long::valueOf);
  private static final CellForm SHORT = trimmed("a whole number (short)", Short::valueOf);
  private static final CellForm BYTE = trimmed("a whole number (byte)", Byte::valueOf);
  private static final CellForm DOUBLE =
      trimmed("a number (double)", text -> Double.valueOf(decimal(text)));
  private static final CellForm FLOAT =
      trimmed("a number (float)", text -> Float.valueOf(decimal(text)));
  private static final CellForm BOOLEAN = trimmed("true or false", CellForms::flag);
  private static final CellForm CHARACTER = CellForm.of("a single character", CellForms::character);
  private static final CellForm BYTES =
      new CellForm(
          new TextForm("Base64", text -> Base64.getDecoder().decode(text)),
          value -> Base64.getEncoder().encodeToString((byte[]) value));

  private static final Map<Class<?>, CellForm> BY_CLASS =
      Map.ofEntries(
          Map.entry(String.class, TEXT),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(short.class, SHORT),
          Map.entry(Short.class, SHORT),
          Map.entry(byte.class, BYTE),
          Map.entry(Byte.class, BYTE),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(float.class, FLOAT),
          Map.entry(Float.class, FLOAT),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(char.class, CHARACTER),
          Map.entry(Character.class, CHARACTER),
          Map.entry(byte[].class, BYTES),
          Map.entry(BigDecimal.class, trimmed("a number (BigDecimal)", BigDecimal::new)),
          Map.entry(Instant.class, trimmed("a time such as 2012-03-01T12:00:00Z", Instant::parse)),
          Map.entry(LocalDate.class, trimmed("a date such as 2012-03-01", LocalDate::parse)),
          Map.entry(LocalTime.class, trimmed("a time of day such as 12:00:00", LocalTime::parse)),
          Map.entry(
              LocalDateTime.class,
              trimmed(
                  "a time such as 2012-03-01T12:00:00",
                  text -> LocalDateTime.parse(text.replace(' ', 'T')))));

  private CellForms() {}

  /** The form of a type's cells; null where a cell cannot have that type. */
  static @Nullable CellForm of(Class<?> type) {
    CellForm known = BY_CLASS.get(type);
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      return constants(type);
    }
    TextForm text = TextForm.of(type);
    return text == null ? null : trimmed(text.what(), text.parser());
  }

  private static CellForm trimmed(String what, Function<String, Object> parser) {
    return CellForm.of(what, text -> parser.apply(text.strip()));
  }

  private static CellForm constants(Class<?> type) {
    Map<String, Object> byName =
        Stream.of(type.getEnumConstants())
            .collect(
                Collectors.toMap(constant -> ((Enum<?>) constant).name(), constant -> constant));
    String names =
        Stream.of(type.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name())
            .collect(Collectors.joining(", "));
    var text = new TextForm("one of " + names, name -> found(byName.get(name.strip())));
    return new CellForm(text, constant -> ((Enum<?>) constant).name());
  }

  private static Object found(@Nullable Object constant) {
    if (constant == null) {
      throw new IllegalArgumentException();
    }
    return constant;
  }

  /** Java's parser takes {@code 12d} and hexadecimal numbers, which in a table are mistakes. */
  private static String decimal(String text) {
    char last = text.isEmpty() ? 'd' : Character.toLowerCase(text.charAt(text.length() - 1));
    if (last == 'd' || last == 'f' || text.indexOf('x') >= 0 || text.indexOf('X') >= 0) {
      throw new NumberFormatException();
    }
    return text;
  }

  private static Object flag(String text) {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new IllegalArgumentException();
  }

  private static Object character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException();
    }
    return text.charAt(0);
  }
}
