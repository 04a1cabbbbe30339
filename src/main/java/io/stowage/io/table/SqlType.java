package io.stowage.io.table;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The types of columns that are written and read here. Each has one Java class for its values:
 * {@link #read} gives it, {@link #write} takes it, and of numbers narrower ones too.
 */
enum SqlType {
  BOOL("boolean", Boolean.class),
  INT2("smallint", Short.class),
  INT4("integer", Integer.class),
  INT8("bigint", Long.class),
  FLOAT4("real", Float.class),
  FLOAT8("double precision", Double.class),
  NUMERIC("numeric", BigDecimal.class),
  TEXT("text", String.class),
  VARCHAR("character varying", String.class),
  BPCHAR("character", String.class),
  TIMESTAMPTZ("timestamp with time zone", OffsetDateTime.class),
  TIMESTAMP("timestamp without time zone", LocalDateTime.class),
  DATE("date", LocalDate.class),
  TIME("time without time zone", LocalTime.class),
  UUID("uuid", java.util.UUID.class),
  BYTEA("bytea", byte[].class);

  private final String sql;
  private final Class<?> fetched;

  SqlType(String sql, Class<?> fetched) {
    this.sql = sql;
    this.fetched = fetched;
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
  String sql() {
    return sql;
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

  /** Whether every value of this type is one of the other as well, and the kind of both is one. */
  boolean fitsInto(SqlType column) {
    boolean numbers = (isWhole() && column.isWhole()) || (isFraction() && column.isFraction());
    return this == column
        || (numbers && ordinal() <= column.ordinal())
        || (isText() && column.isText());
  }

  /** Null for null. */
  @Nullable Object read(ResultSet row, int position) throws SQLException {
    return switch (this) {
      case BYTEA -> row.getBytes(position);
      case TEXT, VARCHAR, BPCHAR -> row.getString(position);
      case NUMERIC -> row.getBigDecimal(position);
      case INT2 -> {
        short value = row.getShort(position);
        yield row.wasNull() ? null : (Object) value;
      }
      case TIMESTAMPTZ -> {
        OffsetDateTime time = row.getObject(position, OffsetDateTime.class);
        yield time == null ? null : time.toInstant();
      }
      default -> row.getObject(position, fetched);
    };
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
      case TIMESTAMPTZ -> out.instant((Instant) value);
      case TIMESTAMP -> out.timestamp((LocalDateTime) value);
      case DATE -> out.date((LocalDate) value);
      case TIME -> out.time((LocalTime) value);
      case UUID -> out.uuid((UUID) value);
      case BYTEA -> out.bytes((byte[]) value);
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
}
