package io.stowage.io.avro.file;

import io.stowage.io.avro.value.RecordMapper;
import io.stowage.io.record.TypeUse;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.jspecify.annotations.Nullable;

/**
 * Decides, when a file's header is known, how its values become the type that is asked for, and who
 * reads them.
 */
final class FileShape {
  enum Reading {
    AS_STORED,
    /** There were none, and so nothing is known of their schema. */
    NO_ROWS,
    /** Rows were stored, one list is asked for. */
    ROWS_AS_LIST,
    /** One list was stored, rows are asked for. */
    LIST_AS_ROWS
  }

  private final AvroType type;
  private Reading reading = Reading.AS_STORED;

  FileShape(AvroType type) {
    this.type = type;
  }

  Reading reading() {
    return reading;
  }

  /** Readers of the values of a file with that schema, as many as are wanted, by any thread. */
  Supplier<DatumReader<@Nullable Object>> readers(Schema written) {
    if (written.getType() == Schema.Type.NULL) {
      reading = type instanceof AvroType.Rows ? Reading.NO_ROWS : Reading.AS_STORED;
      return generic(written);
    }
    return switch (type) {
      case AvroType.Rows(Type element) -> rows(element, written);
      case AvroType.Datum(Type datum) -> datum(datum, written);
      case AvroType.Nothing() -> generic(written);
    };
  }

  private static Supplier<DatumReader<@Nullable Object>> generic(Schema written) {
    return () -> new GenericDatumReader<>(written);
  }

  private Supplier<DatumReader<@Nullable Object>> rows(Type element, Schema written) {
    if (AvroType.isGeneric(element) || written.equals(AvroFileWriter.NO_ROWS)) {
      reading = written.equals(AvroFileWriter.NO_ROWS) ? Reading.NO_ROWS : Reading.AS_STORED;
      return generic(written);
    }
    RecordMapper mapper = RecordMapper.of(element);
    if (written.getType() == Schema.Type.ARRAY && mapper.schema().getType() != Schema.Type.ARRAY) {
      reading = Reading.LIST_AS_ROWS;
      return RecordMapper.listOf(element).readers(written);
    }
    return mapper.readers(written);
  }

  private Supplier<DatumReader<@Nullable Object>> datum(Type datum, Schema written) {
    TypeUse use = TypeUse.of(datum);
    boolean list = use.raw() == List.class || use.raw() == Collection.class;
    if (AvroType.isGeneric(datum)) {
      return generic(written);
    }
    if (list && written.getType() != Schema.Type.ARRAY && written.getType() != Schema.Type.UNION) {
      reading = Reading.ROWS_AS_LIST;
      return RecordMapper.of(use.argument(0).type()).readers(written);
    }
    return RecordMapper.of(datum).readers(written);
  }
}
