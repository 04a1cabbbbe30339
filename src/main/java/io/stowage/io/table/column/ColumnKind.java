package io.stowage.io.table.column;

import io.stowage.io.record.TextForm;
import io.stowage.io.record.TypeUse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How values of a Java type stand in a column.
 *
 * @param sql the type of a column that is made for it
 * @param stored what {@link ColumnType#write} takes
 * @param loaded from what {@link ColumnType#read} gives; throws any {@code RuntimeException} for a
 *     value that is none of the type
 */
public record ColumnKind(
    ColumnType sql, Function<Object, Object> stored, Function<Object, Object> loaded) {
  private static final ColumnType TEXT = ColumnType.of(SqlType.TEXT);
  private static final ColumnKind BOOLEAN = same(SqlType.BOOL);
  private static final ColumnKind BYTE =
      whole(SqlType.INT2, n -> (byte) checked(n, Byte.MIN_VALUE, Byte.MAX_VALUE));
  private static final ColumnKind SHORT =
      whole(SqlType.INT2, n -> (short) checked(n, Short.MIN_VALUE, Short.MAX_VALUE));
  private static final ColumnKind INT = whole(SqlType.INT4, Math::toIntExact);
  private static final ColumnKind LONG = whole(SqlType.INT8, n -> n);
  private static final ColumnKind FLOAT =
      new ColumnKind(ColumnType.of(SqlType.FLOAT4), v -> v, v -> ((Number) v).floatValue());
  private static final ColumnKind DOUBLE =
      new ColumnKind(ColumnType.of(SqlType.FLOAT8), v -> v, v -> ((Number) v).doubleValue());
  private static final ColumnKind CHARACTER =
      new ColumnKind(TEXT, Object::toString, v -> single((String) v));
  private static final Map<Class<?>, ColumnKind> KNOWN =
      Map.ofEntries(
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(byte.class, BYTE),
          Map.entry(Byte.class, BYTE),
          Map.entry(short.class, SHORT),
          Map.entry(Short.class, SHORT),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(float.class, FLOAT),
          Map.entry(Float.class, FLOAT),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(char.class, CHARACTER),
          Map.entry(Character.class, CHARACTER),
          Map.entry(String.class, same(SqlType.TEXT)),
          Map.entry(BigDecimal.class, same(SqlType.NUMERIC)),
          Map.entry(
              BigInteger.class,
              new ColumnKind(
                  ColumnType.of(SqlType.NUMERIC),
                  v -> new BigDecimal((BigInteger) v),
                  v -> ((BigDecimal) v).toBigIntegerExact())),
          Map.entry(Instant.class, same(SqlType.TIMESTAMPTZ)),
          Map.entry(LocalDateTime.class, same(SqlType.TIMESTAMP)),
          Map.entry(LocalDate.class, same(SqlType.DATE)),
          Map.entry(LocalTime.class, same(SqlType.TIME)),
          Map.entry(UUID.class, same(SqlType.UUID)),
          Map.entry(byte[].class, same(SqlType.BYTEA)));

  /** Of a single value, or of several single ones; null for any other type. */
  public static @Nullable ColumnKind of(TypeUse use) {
    ColumnKind single = ofSingle(use.raw());
    return single == null ? ArrayKind.of(use) : single;
  }

  /** Null for a type whose values are not single ones. */
  public static @Nullable ColumnKind ofSingle(Class<?> type) {
    if (type.isEnum()) {
      return new ColumnKind(TEXT, v -> ((Enum<?>) v).name(), v -> constant(type, (String) v));
    }
    ColumnKind known = KNOWN.get(type);
    TextForm form = known == null ? TextForm.of(type) : null;
    return form == null
        ? known
        : new ColumnKind(TEXT, Object::toString, v -> form.parse((String) v));
  }

  /** Whether a column of that type can be read as this: each value is checked as it comes. */
  public boolean loadsFrom(ColumnType column) {
    return sql.fitsInto(column) || column.fitsInto(sql);
  }

  private static ColumnKind same(SqlType sql) {
    return new ColumnKind(ColumnType.of(sql), v -> v, v -> v);
  }

  private static ColumnKind whole(SqlType sql, Function<Long, Object> narrowed) {
    return new ColumnKind(
        ColumnType.of(sql), v -> v, v -> narrowed.apply(((Number) v).longValue()));
  }

  private static long checked(long value, long least, long most) {
    if (value < least || value > most) {
      throw new ArithmeticException(value + " is not from " + least + " to " + most);
    }
    return value;
  }

  private static Object single(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("'" + text + "' is not one character");
    }
    return text.charAt(0);
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is no constant of " + type.getSimpleName());
  }
}
