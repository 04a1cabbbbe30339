package io.stowage.io.avro.file;

import io.stowage.io.avro.value.RecordMapper;
import io.stowage.io.record.TypeUse;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Decides, when a file's header is known, how its values become the type that is asked for; and
 * reads them.
 */
final class FileShape implements DatumReader<@Nullable Object> {
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
  private @Nullable DatumReader<@Nullable Object> reader;

  FileShape(AvroType type) {
    this.type = type;
  }

  Reading reading() {
    return reading;
  }

  @Override
  public void setSchema(Schema written) {
    if (written.getType() == Schema.Type.NULL) {
      reading = type instanceof AvroType.Rows ? Reading.NO_ROWS : Reading.AS_STORED;
      reader = new GenericDatumReader<>(written);
      return;
    }
    switch (type) {
      case AvroType.Rows(Type element) -> rows(element, written);
      case AvroType.Datum(Type datum) -> datum(datum, written);
      case AvroType.Nothing() -> reader = new GenericDatumReader<>(written);
    }
  }

  private void rows(Type element, Schema written) {
    if (AvroType.isGeneric(element) || written.equals(AvroFileWriter.NO_ROWS)) {
      reading = written.equals(AvroFileWriter.NO_ROWS) ? Reading.NO_ROWS : Reading.AS_STORED;
      reader = new GenericDatumReader<>(written);
      return;
    }
    RecordMapper mapper = RecordMapper.of(element);
    if (written.getType() == Schema.Type.ARRAY && mapper.schema().getType() != Schema.Type.ARRAY) {
      reading = Reading.LIST_AS_ROWS;
      reader = RecordMapper.listOf(element).reader(written);
    } else {
      reader = mapper.reader(written);
    }
  }

  private void datum(Type datum, Schema written) {
    TypeUse use = TypeUse.of(datum);
    boolean list = use.raw() == List.class || use.raw() == Collection.class;
    if (AvroType.isGeneric(datum)) {
      reader = new GenericDatumReader<>(written);
    } else if (list
        && written.getType() != Schema.Type.ARRAY
        && written.getType() != Schema.Type.UNION) {
      reading = Reading.ROWS_AS_LIST;
      reader = RecordMapper.of(use.argument(0).type()).reader(written);
    } else {
      reader = RecordMapper.of(datum).reader(written);
    }
  }

  @Override
  public @Nullable Object read(@Nullable Object reuse, Decoder in) throws IOException {
    if (reader == null) {
      throw new IllegalStateException("the file's header was not read");
    }
    return reader.read(null, in);
  }
}
