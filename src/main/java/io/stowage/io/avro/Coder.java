package io.stowage.io.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** Writes and reads values of one type. Without state, so for all threads. */
abstract class Coder {
  private final Schema schema;

  Coder(Schema schema) {
    this.schema = schema;
  }

  final Schema schema() {
    return schema;
  }

  /**
   * @throws NotEncodable where the value is not of this type, saying at which field
   */
  abstract void write(@Nullable Object value, Encoder out) throws IOException;

  /** Reads from a decoder that resolves what was written to {@link #schema}. */
  abstract @Nullable Object read(ResolvingDecoder in) throws IOException;

  /**
   * A value that a file's schema has no place for; the path to it is put together on the way out.
   */
  static final class NotEncodable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String path;
    private final String reason;

    NotEncodable(String path, String reason) {
      super(reason, null, false, false);
      this.path = path;
      this.reason = reason;
    }

    NotEncodable within(String outer) {
      return new NotEncodable(
          path.isEmpty() ? outer : path.startsWith("[") ? outer + path : outer + "." + path,
          reason);
    }

    String path() {
      return path;
    }

    String reason() {
      return reason;
    }
  }

  static NotEncodable wrongType(String wanted, @Nullable Object value) {
    return new NotEncodable(
        "",
        value == null
            ? "it is null, which a " + wanted + " cannot be"
            : "it is a " + value.getClass().getName() + ", not a " + wanted);
  }

  /** What reads a number of bytes again and again. */
  static byte[] bytes(Decoder in) throws IOException {
    var buffer = in.readBytes(null);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
