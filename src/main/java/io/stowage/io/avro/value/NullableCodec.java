package io.stowage.io.avro.value;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** A value, or null: a union of Avro, with null in front so that null can be the default. */
final class NullableCodec extends ValueCodec {
  private final ValueCodec value;

  NullableCodec(ValueCodec value) {
    super(Schema.createUnion(Schema.create(Schema.Type.NULL), value.schema()));
    this.value = value;
  }

  @Override
  ValueCodec orNull() {
    return this;
  }

  @Override
  Object fieldDefault() {
    return Schema.Field.NULL_DEFAULT_VALUE;
  }

  @Override
  void encodeNull(Encoder out) throws IOException {
    out.writeIndex(0);
    out.writeNull();
  }

  @Override
  void encode(Object present, Encoder out) throws IOException {
    out.writeIndex(1);
    value.encode(present, out);
  }

  @Override
  @Nullable Object decode(Decoder in) throws IOException {
    if (in.readIndex() == 0) {
      in.readNull();
      return null;
    }
    return value.decode(in);
  }
}
