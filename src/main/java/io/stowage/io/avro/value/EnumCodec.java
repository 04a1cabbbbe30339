package io.stowage.io.avro.value;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The constants of an enum, by their names. */
final class EnumCodec extends ValueCodec {
  private final Object[] constants;

  /**
   * @param constants in the order of the schema's symbols, which is their own
   */
  EnumCodec(Schema schema, Object[] constants) {
    super(schema);
    this.constants = constants;
  }

  @Override
  void encode(Object value, Encoder out) throws IOException {
    out.writeEnum(((Enum<?>) value).ordinal());
  }

  @Override
  Object decode(Decoder in) throws IOException {
    return constants[in.readEnum()];
  }
}
