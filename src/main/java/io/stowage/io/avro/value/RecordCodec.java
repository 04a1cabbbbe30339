package io.stowage.io.avro.value;

import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A record: its components are read by their accessors, and it is built by its canonical
 * constructor.
 */
final class RecordCodec extends ValueCodec {
  private final RecordShape shape;
  private final RecordField[] fields;
  private ValueCodec[] codecs = new ValueCodec[0];

  /**
   * @param schema without fields as yet, since they may lead back to this record
   */
  RecordCodec(Schema schema, RecordShape shape) {
    super(schema);
    this.shape = shape;
    this.fields = shape.fields().toArray(RecordField[]::new);
  }

  void complete(List<ValueCodec> codecsOfFields) {
    this.codecs = codecsOfFields.toArray(ValueCodec[]::new);
  }

  @Override
  void encode(Object row, Encoder out) throws IOException {
    if (!shape.type().isInstance(row)) {
      throw new ClassCastException();
    }
    for (int i = 0; i < fields.length; i++) {
      Object value = fields[i].of(row);
      try {
        codecs[i].write(value, out);
      } catch (RuntimeException e) {
        throw ValueFailure.writing(value, codecs[i], e).in(fields[i].name());
      }
    }
  }

  @Override
  Object decode(Decoder in) throws IOException {
    var values = new @Nullable Object[fields.length];
    if (in instanceof ResolvingDecoder resolving) {
      for (Schema.Field field : resolving.readFieldOrder()) {
        values[field.pos()] = next(in, field.pos());
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = next(in, i);
      }
    }
    return shape.build(values);
  }

  private @Nullable Object next(Decoder in, int field) throws IOException {
    try {
      return codecs[field].decode(in);
    } catch (RuntimeException | IOException e) {
      throw ValueFailure.reading(e).in(fields[field].name());
    }
  }
}
