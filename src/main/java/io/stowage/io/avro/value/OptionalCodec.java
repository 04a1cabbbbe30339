package io.stowage.io.avro.value;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** An {@code Optional}, stored as a value or null. */
final class OptionalCodec extends ValueCodec {
  private final ValueCodec valueOrNull;

  OptionalCodec(ValueCodec valueOrNull) {
    super(valueOrNull.schema());
    this.valueOrNull = valueOrNull;
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
  void encodeNull(Encoder out) {
    throw new ValueFailure("an Optional is never null: use Optional.empty()", null);
  }

  @Override
  void encode(Object value, Encoder out) throws IOException {
    var optional = (Optional<?>) value;
    if (optional.isPresent()) {
      valueOrNull.encode(optional.get(), out);
    } else {
      valueOrNull.encodeNull(out);
    }
  }

  @Override
  Object decode(Decoder in) throws IOException {
    return Optional.ofNullable(valueOrNull.decode(in));
  }
}
