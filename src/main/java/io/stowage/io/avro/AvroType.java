package io.stowage.io.avro;

import io.stowage.api.StowageException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/** How values of a declared type lie in a file: as rows, or as one datum. */
sealed interface AvroType {
  Set<Class<?>> SEQUENCES = Set.of(List.class, Stream.class, Collection.class, Iterable.class);

  /** A list or stream of records: each is a row. */
  record Rows(Coder element) implements AvroType {}

  /** A list or stream of generic records, which bring their schema. */
  record GenericRows() implements AvroType {}

  /** One generic record. */
  record GenericDatum() implements AvroType {}

  /** Anything else: a record, a scalar, a list of scalars, a map. It may be null. */
  record Datum(Coder value) implements AvroType {}

  /**
   * @throws StowageException {@code TYPE_MISMATCH} where Avro has no form for it
   */
  static AvroType of(Type type) {
    return Known.TYPES.computeIfAbsent(type, AvroType::derive);
  }

  private static AvroType derive(Type type) {
    if (type == GenericRecord.class) {
      return new GenericDatum();
    }
    if (type instanceof ParameterizedType generic
        && SEQUENCES.contains((Class<?>) generic.getRawType())) {
      Class<?> element = AvroCoders.raw(generic.getActualTypeArguments()[0]);
      if (element == GenericRecord.class) {
        return new GenericRows();
      }
      if (generic.getRawType() == Stream.class
          || (element != null && (element.isRecord() || element.isSealed()))) {
        return new Rows(AvroCoders.of(generic.getActualTypeArguments()[0]));
      }
    }
    return new Datum(AvroCoders.nullable(type));
  }

  /** Types are few, and each derived once. */
  final class Known {
    private static final ConcurrentHashMap<Type, AvroType> TYPES = new ConcurrentHashMap<>();

    private Known() {}
  }
}
