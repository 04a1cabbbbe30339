package io.stowage.io.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** A type that one call of the encoder writes. */
final class ScalarCoder<T> extends Coder {
  interface Writer<T> {
    void write(T value, Encoder out) throws IOException;
  }

  interface Reader<T> {
    T read(ResolvingDecoder in) throws IOException;
  }

  private final Class<T> type;
  private final Writer<T> writer;
  private final Reader<T> reader;

  ScalarCoder(Class<T> type, Schema schema, Writer<T> writer, Reader<T> reader) {
    super(schema);
    this.type = type;
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  void write(@Nullable Object value, Encoder out) throws IOException {
    if (!type.isInstance(value)) {
      throw wrongType(type.getSimpleName(), value);
    }
    writer.write(type.cast(value), out);
  }

  @Override
  Object read(ResolvingDecoder in) throws IOException {
    return reader.read(in);
  }
}
