package io.stowage.io.parquet;

import static java.util.Map.entry;

import io.stowage.io.record.TextForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which class is read from which columns, and how; numbers widen and never narrow. */
final class Conversions {
  private record Target(Set<ColumnKind> kinds, Function<Object, Object> of) {}

  private static final Set<ColumnKind> BYTES = EnumSet.of(ColumnKind.INT8);
  private static final Set<ColumnKind> SHORTS =
      EnumSet.of(ColumnKind.INT8, ColumnKind.INT16, ColumnKind.UINT8);
  private static final Set<ColumnKind> INTS = with(SHORTS, ColumnKind.INT32, ColumnKind.UINT16);
  private static final Set<ColumnKind> LONGS = with(INTS, ColumnKind.INT64, ColumnKind.UINT32);
  private static final Set<ColumnKind> WHOLE = with(LONGS, ColumnKind.UINT64);
  private static final Set<ColumnKind> FLOATS = with(INTS, ColumnKind.FLOAT);
  private static final Set<ColumnKind> DOUBLES = with(LONGS, ColumnKind.FLOAT, ColumnKind.DOUBLE);

  private static final Map<Class<?>, Target> TARGETS =
      Map.ofEntries(
          entry(boolean.class, same(ColumnKind.BOOLEAN)),
          entry(Boolean.class, same(ColumnKind.BOOLEAN)),
          entry(byte.class, number(BYTES, Number::byteValue)),
          entry(Byte.class, number(BYTES, Number::byteValue)),
          entry(short.class, number(SHORTS, Number::shortValue)),
          entry(Short.class, number(SHORTS, Number::shortValue)),
          entry(int.class, number(INTS, Number::intValue)),
          entry(Integer.class, number(INTS, Number::intValue)),
          entry(long.class, number(LONGS, Number::longValue)),
          entry(Long.class, number(LONGS, Number::longValue)),
          entry(float.class, number(FLOATS, Number::floatValue)),
          entry(Float.class, number(FLOATS, Number::floatValue)),
          entry(double.class, number(DOUBLES, Number::doubleValue)),
          entry(Double.class, number(DOUBLES, Number::doubleValue)),
          entry(BigInteger.class, number(WHOLE, Conversions::whole)),
          entry(BigDecimal.class, number(with(WHOLE, ColumnKind.DECIMAL), Conversions::decimal)),
          entry(String.class, same(ColumnKind.TEXT)),
          entry(byte[].class, same(ColumnKind.BINARY)),
          entry(LocalDate.class, same(ColumnKind.DATE)),
          entry(LocalTime.class, same(ColumnKind.TIME)),
          entry(Instant.class, same(ColumnKind.UTC_TIMESTAMP)),
          entry(LocalDateTime.class, same(ColumnKind.LOCAL_TIMESTAMP)));

  private Conversions() {}

  private static Set<ColumnKind> with(Set<ColumnKind> kinds, ColumnKind... more) {
    var all = EnumSet.copyOf(kinds);
    all.addAll(Set.of(more));
    return all;
  }

  private static Target same(ColumnKind kind) {
    return new Target(EnumSet.of(kind), value -> value);
  }

  private static Target number(Set<ColumnKind> kinds, Function<Number, Object> of) {
    return new Target(kinds, value -> of.apply((Number) value));
  }

  private static BigInteger whole(Number value) {
    return value instanceof BigInteger whole ? whole : BigInteger.valueOf(value.longValue());
  }

  private static Object decimal(Number value) {
    return value instanceof BigDecimal decimal ? decimal : new BigDecimal(whole(value));
  }

  /** Whether the class is read from any column of single values. */
  static boolean knows(Class<?> type) {
    return target(type) != null;
  }

  /**
   * How the class is read from such a column; null where it is not. What is returned throws {@code
   * IllegalArgumentException} for a value that cannot be one.
   */
  static @Nullable Function<Object, Object> of(Class<?> type, ColumnKind kind) {
    if (type == UUID.class && kind == ColumnKind.UUID) {
      return value -> value;
    }
    Target target = target(type);
    if (target == null || !target.kinds().contains(kind)) {
      return null;
    }
    return switch (kind) {
      case UINT8 -> value -> target.of().apply(((Number) value).longValue() & 0xffL);
      case UINT16 -> value -> target.of().apply(((Number) value).longValue() & 0xffffL);
      case UINT32 -> value -> target.of().apply(((Number) value).longValue() & 0xffffffffL);
      case UINT64 ->
          value ->
              target
                  .of()
                  .apply(new BigInteger(Long.toUnsignedString(((Number) value).longValue())));
      default -> target.of();
    };
  }

  private static @Nullable Target target(Class<?> type) {
    Target known = TARGETS.get(type);
    if (known != null) {
      return known;
    }
    TextForm form = TextForm.of(type);
    if (form != null) {
      return new Target(EnumSet.of(ColumnKind.TEXT), value -> form.parse((String) value));
    }
    return type.isEnum()
        ? new Target(EnumSet.of(ColumnKind.TEXT), value -> constant(type, (String) value))
        : null;
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is none of %s".formatted(name, java.util.Arrays.toString(type.getEnumConstants())));
  }
}
