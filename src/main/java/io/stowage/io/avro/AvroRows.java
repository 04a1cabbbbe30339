package io.stowage.io.avro;

import io.stowage.io.avro.file.AvroFileReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Values of a file by its own schema, where nobody has a class for them. */
final class AvroRows {
  private static final String VALUE = "value";
  private static final Conversions.DecimalConversion DECIMAL = new Conversions.DecimalConversion();
  private static final Conversions.BigDecimalConversion BIG_DECIMAL =
      new Conversions.BigDecimalConversion();

  private AvroRows() {}

  /** A file of one list is as good as one of rows. */
  static Stream<Map<String, @Nullable Object>> of(AvroFileReader file) {
    Schema schema = file.writerSchema();
    Stream<@Nullable Object> values = file.stream();
    return schema.getType() == Schema.Type.ARRAY
        ? values.flatMap(
            list -> ((Collection<?>) list).stream().map(each -> row(schema.getElementType(), each)))
        : values.map(value -> row(schema, value));
  }

  private static Map<String, @Nullable Object> row(Schema schema, @Nullable Object value) {
    Object plain = plain(schema, value);
    var row = new LinkedHashMap<String, @Nullable Object>();
    if (plain instanceof Map<?, ?> fields) {
      fields.forEach((name, field) -> row.put(String.valueOf(name), field));
    } else {
      row.put(VALUE, plain);
    }
    return row;
  }

  private static @Nullable Object plain(Schema schema, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (schema.getType()) {
      case UNION ->
          plain(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
      case RECORD -> fields((IndexedRecord) value);
      case ARRAY -> list(schema.getElementType(), (Collection<?>) value);
      case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
      case STRING, ENUM -> value.toString();
      case BYTES -> bytes(schema, (ByteBuffer) value);
      case FIXED -> fixed(schema, (GenericFixed) value);
      case INT, LONG -> number(schema.getLogicalType(), (Number) value);
      case FLOAT, DOUBLE, BOOLEAN, NULL -> value;
    };
  }

  private static Map<String, @Nullable Object> fields(IndexedRecord value) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (Schema.Field field : value.getSchema().getFields()) {
      fields.put(field.name(), plain(field.schema(), value.get(field.pos())));
    }
    return fields;
  }

  private static List<@Nullable Object> list(Schema element, Collection<?> values) {
    var list = new ArrayList<@Nullable Object>();
    values.forEach(each -> list.add(plain(element, each)));
    return list;
  }

  private static Map<String, @Nullable Object> map(Schema element, Map<?, ?> values) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((name, each) -> map.put(String.valueOf(name), plain(element, each)));
    return map;
  }

  private static Object bytes(Schema schema, ByteBuffer value) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal) {
      return DECIMAL.fromBytes(value, schema, logical);
    }
    if (logical instanceof LogicalTypes.BigDecimal) {
      return BIG_DECIMAL.fromBytes(value.duplicate(), schema, logical);
    }
    byte[] copy = new byte[value.remaining()];
    value.duplicate().get(copy);
    return copy;
  }

  private static Object fixed(Schema schema, GenericFixed value) {
    BigDecimal decimal =
        schema.getLogicalType() instanceof LogicalTypes.Decimal logical
            ? DECIMAL.fromFixed(value, schema, logical)
            : null;
    return decimal == null ? value.bytes() : decimal;
  }

  private static Object number(@Nullable LogicalType logical, Number value) {
    long number = value.longValue();
    return switch (logical == null ? "" : logical.getName()) {
      case "date" -> LocalDate.ofEpochDay(number);
      case "time-millis" -> LocalTime.ofNanoOfDay(number * 1_000_000);
      case "time-micros" -> LocalTime.ofNanoOfDay(number * 1_000);
      case "timestamp-millis" -> Instant.ofEpochMilli(number);
      case "timestamp-micros" -> Instant.EPOCH.plus(number, ChronoUnit.MICROS);
      case "timestamp-nanos" -> Instant.EPOCH.plusNanos(number);
      case "local-timestamp-millis" -> local(Instant.ofEpochMilli(number));
      case "local-timestamp-micros" -> local(Instant.EPOCH.plus(number, ChronoUnit.MICROS));
      case "local-timestamp-nanos" -> local(Instant.EPOCH.plusNanos(number));
      default -> value;
    };
  }

  private static LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
