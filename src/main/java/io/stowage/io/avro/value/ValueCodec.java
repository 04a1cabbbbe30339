package io.stowage.io.avro.value;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of one Java type, and reads them: a node of the tree that a type is compiled into.
 * Stateless.
 */
abstract class ValueCodec {
  private final Schema schema;

  ValueCodec(Schema schema) {
    this.schema = schema;
  }

  final Schema schema() {
    return schema;
  }

  /** Writes a value; throws any {@code RuntimeException} where it cannot be written. */
  abstract void encode(Object value, Encoder out) throws IOException;

  /**
   * @return null only where {@link #encodeNull} may be called
   */
  abstract @Nullable Object decode(Decoder in) throws IOException;

  /**
   * The default of a record's field, for data written before there was that field; null where there
   * is none.
   */
  @Nullable Object fieldDefault() {
    return null;
  }

  /** The same, for null too. */
  ValueCodec orNull() {
    return new NullableCodec(this);
  }

  void encodeNull(Encoder out) throws IOException {
    throw new ValueFailure(
        "null is not allowed there: declare it @Nullable or Optional, or give it a value", null);
  }

  final void write(@Nullable Object value, Encoder out) throws IOException {
    if (value == null) {
      encodeNull(out);
    } else {
      encode(value, out);
    }
  }
}
