package io.stowage.io.table.column;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The types of columns that are written and read here. Each has one Java class for its values:
 * {@link #read} gives it, {@link #write} takes it, and of numbers narrower ones too.
 */
public enum SqlType {
  BOOL("boolean", 16),
  INT2("smallint", 21),
  INT4("integer", 23),
  INT8("bigint", 20),
  FLOAT4("real", 700),
  FLOAT8("double precision", 701),
  NUMERIC("numeric", 1700),
  TEXT("text", 25),
  VARCHAR("character varying", 1043),
  BPCHAR("character", 1042),
  TIMESTAMPTZ("timestamp with time zone", 1184),
  TIMESTAMP("timestamp without time zone", 1114),
  DATE("date", 1082),
  TIME("time without time zone", 1083),
  UUID("uuid", 2950),
  BYTEA("bytea", 17),
  /** Its values are texts in UTF-8. */
  JSONB("jsonb", 3802),
  /** As {@link #JSONB}. */
  JSON("json", 114);

  private final String sql;
  private final int oid;

  SqlType(String sql, int oid) {
    this.sql = sql;
    this.oid = oid;
  }

  /** The type whose name in the catalog is that; null for one that is not known here. */
  static @Nullable SqlType named(String typname) {
    for (SqlType type : values()) {
      if (type.name().equalsIgnoreCase(typname)) {
        return type;
      }
    }
    return null;
  }

  /** As it stands in a statement, and as the database itself calls it. */
  public String sql() {
    return sql;
  }

  /** The number that every PostgreSQL has for it. */
  int oid() {
    return oid;
  }

  boolean isText() {
    return this == TEXT || this == VARCHAR || this == BPCHAR;
  }

  boolean isWhole() {
    return this == INT2 || this == INT4 || this == INT8;
  }

  boolean isFraction() {
    return this == FLOAT4 || this == FLOAT8;
  }

  boolean isJson() {
    return this == JSONB || this == JSON;
  }

  /** Whether a window of time is a range of its values. */
  public boolean isOfTime() {
    return this == DATE || this == TIMESTAMP || this == TIMESTAMPTZ;
  }

  /** Whether every value of this type is one of the other as well, and the kind of both is one. */
  boolean fitsInto(SqlType column) {
    boolean numbers = (isWhole() && column.isWhole()) || (isFraction() && column.isFraction());
    return this == column
        || (numbers && ordinal() <= column.ordinal())
        || (isText() && column.isText())
        || (isJson() && column.isJson());
  }

  /**
   * The field that the row stands at.
   *
   * @throws IllegalArgumentException for a value that no Java value is
   */
  Object read(CopyRow row) {
    return switch (this) {
      case BOOL -> row.int1() != 0;
      case INT2 -> row.int2();
      case INT4 -> row.int4();
      case INT8 -> row.int8();
      case FLOAT4 -> Float.intBitsToFloat(row.int4());
      case FLOAT8 -> Double.longBitsToDouble(row.int8());
      case NUMERIC -> exact(row.numeric());
      case TEXT, VARCHAR, BPCHAR -> row.text();
      case TIMESTAMPTZ -> SqlTimes.instant(row.int8());
      case TIMESTAMP -> SqlTimes.timestamp(row.int8());
      case DATE -> SqlTimes.date(row.int4());
      case TIME -> SqlTimes.time(row.int8());
      case UUID -> new UUID(row.int8(), row.int8());
      case BYTEA, JSON -> row.bytes();
      case JSONB -> {
        byte[] versioned = row.bytes();
        yield Arrays.copyOfRange(versioned, 1, versioned.length);
      }
    };
  }

  private static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal exact) {
      return exact;
    }
    throw new IllegalArgumentException("it is " + number + ", which no exact number is");
  }

  void write(CopyBuffer out, Object value) {
    switch (this) {
      case BOOL -> out.bool((Boolean) value);
      case INT2 -> out.int2(((Number) value).shortValue());
      case INT4 -> out.int4(((Number) value).intValue());
      case INT8 -> out.int8(((Number) value).longValue());
      case FLOAT4 -> out.int4(Float.floatToIntBits(((Number) value).floatValue()));
      case FLOAT8 -> out.int8(Double.doubleToLongBits(((Number) value).doubleValue()));
      case NUMERIC -> out.numeric((BigDecimal) value);
      case TEXT, VARCHAR, BPCHAR -> out.text((String) value);
      case TIMESTAMPTZ -> out.int8(SqlTimes.micros((Instant) value));
      case TIMESTAMP -> out.int8(SqlTimes.micros((LocalDateTime) value));
      case DATE -> out.int4(SqlTimes.days((LocalDate) value));
      case TIME -> out.int8(SqlTimes.micros((LocalTime) value));
      case UUID -> out.uuid((UUID) value);
      case BYTEA, JSON -> out.bytes((byte[]) value);
      case JSONB -> out.versioned(1, (byte[]) value);
    }
  }

  /**
   * The value that the text is the only spelling of, as a partition's key must be.
   *
   * @throws IllegalArgumentException where there is none
   */
  Object parse(String text) {
    Object value = parsed(text);
    if (!value.toString().equals(text)) {
      throw new IllegalArgumentException("'" + text + "' would be written '" + value + "'");
    }
    return value;
  }

  private Object parsed(String text) {
    try {
      return switch (this) {
        case TEXT, VARCHAR -> text;
        case BOOL -> Boolean.valueOf(text);
        case INT2 -> Short.valueOf(text);
        case INT4 -> Integer.valueOf(text);
        case INT8 -> Long.valueOf(text);
        case DATE -> LocalDate.parse(text);
        case UUID -> java.util.UUID.fromString(text);
        default -> throw new IllegalArgumentException("a key is no value of type " + sql);
      };
    } catch (java.time.DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no value of type " + sql, e);
    }
  }

  /** A value as it comes, for a reader who knows no class: JSON as its text, bytes as they are. */
  Object plain(Object value) {
    return isJson() ? new String((byte[]) value, StandardCharsets.UTF_8) : value;
  }
}
