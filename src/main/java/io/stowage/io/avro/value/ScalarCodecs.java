package io.stowage.io.avro.value;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Values without parts, of Avro's own types. Avro has no smaller integer than 32 bits. */
final class ScalarCodecs {
  private ScalarCodecs() {}

  private static final ValueCodec BOOLEAN =
      new Scalar(Schema.Type.BOOLEAN) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeBoolean((Boolean) value);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return in.readBoolean();
        }
      };

  private static final ValueCodec BYTE =
      new Scalar(Schema.Type.INT) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeInt((Byte) value);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return (byte) within(in.readInt(), Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
        }
      };

  private static final ValueCodec SHORT =
      new Scalar(Schema.Type.INT) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeInt((Short) value);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return (short) within(in.readInt(), Short.MIN_VALUE, Short.MAX_VALUE, "a short");
        }
      };

  private static final ValueCodec INT =
      new Scalar(Schema.Type.INT) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeInt((Integer) value);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return in.readInt();
        }
      };

  private static final ValueCodec LONG =
      new Scalar(Schema.Type.LONG) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeLong((Long) value);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return in.readLong();
        }
      };

  private static final ValueCodec FLOAT =
      new Scalar(Schema.Type.FLOAT) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeFloat((Float) value);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return in.readFloat();
        }
      };

  private static final ValueCodec DOUBLE =
      new Scalar(Schema.Type.DOUBLE) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeDouble((Double) value);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return in.readDouble();
        }
      };

  private static final ValueCodec BYTES =
      new Scalar(Schema.Type.BYTES) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeBytes((byte[]) value);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return bytes(in);
        }
      };

  private static final ValueCodec BYTE_BUFFER =
      new Scalar(Schema.Type.BYTES) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeBytes(((ByteBuffer) value).duplicate());
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return ByteBuffer.wrap(bytes(in));
        }
      };

  private static final Map<Class<?>, ValueCodec> BY_CLASS =
      Map.ofEntries(
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(byte.class, BYTE),
          Map.entry(Byte.class, BYTE),
          Map.entry(short.class, SHORT),
          Map.entry(Short.class, SHORT),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(float.class, FLOAT),
          Map.entry(Float.class, FLOAT),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(byte[].class, BYTES),
          Map.entry(ByteBuffer.class, BYTE_BUFFER));

  static @Nullable ValueCodec of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  private static int within(int number, int lowest, int highest, String what) {
    if (number < lowest || number > highest) {
      throw new ValueFailure(number + " is not in the range of " + what, null);
    }
    return number;
  }

  private static byte[] bytes(Decoder in) throws IOException {
    ByteBuffer read = in.readBytes(null);
    var bytes = new byte[read.remaining()];
    read.get(bytes);
    return bytes;
  }

  /** A codec without children. */
  abstract static class Scalar extends ValueCodec {
    Scalar(Schema.Type type) {
      super(Schema.create(type));
    }

    Scalar(Schema.Type type, LogicalType meaning) {
      super(meaning.addToSchema(Schema.create(type)));
    }
  }
}
