package io.stowage.io.avro.file;

import io.stowage.api.StowageException;
import io.stowage.io.avro.value.RecordMapper;
import io.stowage.io.record.TypeUse;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/** How a declared type stands in a file: as rows, or as a single datum. */
public sealed interface AvroType {
  /** A file of many rows: each is a record, or whatever a stream consists of. */
  record Rows(Type element) implements AvroType {}

  /** A file of one value: a scalar, a record, a list of scalars, a map. */
  record Datum(Type type) implements AvroType {}

  /** A file that says that null was stored, whatever the declared type. */
  record Nothing() implements AvroType {}

  /**
   * A stream is rows, whatever it consists of; so are lists of records; the rest is a datum. Says
   * nothing about support.
   */
  static AvroType of(Type declared) {
    TypeUse use = TypeUse.of(declared);
    Class<?> raw = use.raw();
    if (raw == Stream.class || raw == Iterator.class || raw == Iterable.class) {
      return new Rows(use.argument(0).type());
    }
    boolean list = raw == List.class || raw == Collection.class;
    return list && isRow(use.argument(0).raw())
        ? new Rows(use.argument(0).type())
        : new Datum(declared);
  }

  private static boolean isRow(Class<?> type) {
    return type.isRecord() || type.isSealed() || isGeneric(type);
  }

  /** Whether values bring their schema with them. */
  static boolean isGeneric(Type type) {
    return type == GenericRecord.class || type == IndexedRecord.class;
  }

  /**
   * Checks that values of a declared type can be stored.
   *
   * @throws StowageException {@code TYPE_MISMATCH} naming the type, where in it the trouble is, and
   *     the reason
   */
  static void check(Type declared) {
    Type value =
        switch (of(declared)) {
          case Rows(Type element) -> element;
          case Datum(Type type) -> type;
          case Nothing() -> Void.class;
        };
    if (!isGeneric(value)) {
      RecordMapper.of(value);
    }
  }
}
