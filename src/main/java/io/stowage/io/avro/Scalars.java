package io.stowage.io.avro;

import static java.time.ZoneOffset.UTC;
import static org.apache.avro.LogicalTypes.date;
import static org.apache.avro.LogicalTypes.localTimestampMicros;
import static org.apache.avro.LogicalTypes.timeMicros;
import static org.apache.avro.LogicalTypes.timestampMicros;
import static org.apache.avro.Schema.Type.BOOLEAN;
import static org.apache.avro.Schema.Type.BYTES;
import static org.apache.avro.Schema.Type.DOUBLE;
import static org.apache.avro.Schema.Type.FLOAT;
import static org.apache.avro.Schema.Type.INT;
import static org.apache.avro.Schema.Type.LONG;
import static org.apache.avro.Schema.Type.STRING;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** The coders of single values. Times are kept to the microsecond, decimals with their scale. */
final class Scalars {
  private static final long MICROS = 1_000_000;
  private static final Map<Class<?>, Coder> CODERS = coders();

  private Scalars() {}

  static @Nullable Coder of(Class<?> type) {
    return CODERS.get(type);
  }

  private static Map<Class<?>, Coder> coders() {
    var coders = new HashMap<Class<?>, Coder>();
    both(
        coders,
        long.class,
        new ScalarCoder<>(
            Long.class,
            schema(LONG),
            (value, out) -> out.writeLong(value),
            ResolvingDecoder::readLong));
    both(
        coders,
        int.class,
        new ScalarCoder<>(
            Integer.class,
            schema(INT),
            (value, out) -> out.writeInt(value),
            ResolvingDecoder::readInt));
    both(
        coders,
        short.class,
        new ScalarCoder<>(
            Short.class,
            schema(INT),
            (value, out) -> out.writeInt(value),
            in -> (short) in.readInt()));
    both(
        coders,
        byte.class,
        new ScalarCoder<>(
            Byte.class,
            schema(INT),
            (value, out) -> out.writeInt(value),
            in -> (byte) in.readInt()));
    both(
        coders,
        char.class,
        new ScalarCoder<>(
            Character.class,
            schema(STRING),
            (value, out) -> out.writeString(value.toString()),
            in -> in.readString().charAt(0)));
    both(
        coders,
        double.class,
        new ScalarCoder<>(
            Double.class,
            schema(DOUBLE),
            (value, out) -> out.writeDouble(value),
            ResolvingDecoder::readDouble));
    both(
        coders,
        float.class,
        new ScalarCoder<>(
            Float.class,
            schema(FLOAT),
            (value, out) -> out.writeFloat(value),
            ResolvingDecoder::readFloat));
    both(
        coders,
        boolean.class,
        new ScalarCoder<>(
            Boolean.class,
            schema(BOOLEAN),
            (value, out) -> out.writeBoolean(value),
            ResolvingDecoder::readBoolean));
    coders.put(
        String.class,
        new ScalarCoder<>(
            String.class,
            schema(STRING),
            (value, out) -> out.writeString(value),
            ResolvingDecoder::readString));
    coders.put(
        byte[].class,
        new ScalarCoder<>(
            byte[].class, schema(BYTES), (value, out) -> out.writeBytes(value), Coder::bytes));
    coders.put(
        ByteBuffer.class,
        new ScalarCoder<>(
            ByteBuffer.class,
            schema(BYTES),
            (value, out) -> out.writeBytes(value.duplicate()),
            in -> ByteBuffer.wrap(Coder.bytes(in))));
    coders.put(
        Instant.class,
        new ScalarCoder<>(
            Instant.class,
            timestampMicros().addToSchema(schema(LONG)),
            Scalars::write,
            in -> instant(in.readLong())));
    coders.put(
        LocalDate.class,
        new ScalarCoder<>(
            LocalDate.class,
            date().addToSchema(schema(INT)),
            (value, out) -> out.writeInt(Math.toIntExact(value.toEpochDay())),
            in -> LocalDate.ofEpochDay(in.readInt())));
    coders.put(
        LocalTime.class,
        new ScalarCoder<>(
            LocalTime.class,
            timeMicros().addToSchema(schema(LONG)),
            (value, out) -> out.writeLong(value.toNanoOfDay() / 1000),
            in -> LocalTime.ofNanoOfDay(in.readLong() * 1000)));
    coders.put(
        LocalDateTime.class,
        new ScalarCoder<>(
            LocalDateTime.class,
            localTimestampMicros().addToSchema(schema(LONG)),
            (value, out) -> write(value.toInstant(UTC), out),
            in -> LocalDateTime.ofInstant(instant(in.readLong()), UTC)));
    coders.put(UUID.class, text(UUID.class, LogicalTypes.uuid(), UUID::fromString));
    coders.put(URI.class, text(URI.class, null, URI::create));
    coders.put(Duration.class, text(Duration.class, null, Duration::parse));
    coders.put(BigInteger.class, text(BigInteger.class, null, BigInteger::new));
    coders.put(
        BigDecimal.class,
        new ScalarCoder<>(
            BigDecimal.class,
            LogicalTypes.bigDecimal().addToSchema(schema(BYTES)),
            (value, out) -> out.writeBytes(decimal(value)),
            in -> decimal(Coder.bytes(in))));
    return coders;
  }

  private static <T> void both(
      Map<Class<?>, Coder> coders, Class<?> primitive, ScalarCoder<T> coder) {
    coders.put(primitive, coder);
    coders.put(
        java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(primitive, 1), 0)
            .getClass(),
        coder);
  }

  private static Schema schema(Schema.Type type) {
    return Schema.create(type);
  }

  private static <T> Coder text(
      Class<T> type, @Nullable LogicalType logical, Function<String, T> parse) {
    Schema text = schema(STRING);
    return new ScalarCoder<>(
        type,
        logical == null ? text : logical.addToSchema(text),
        (value, out) -> out.writeString(value.toString()),
        in -> parse.apply(in.readString()));
  }

  private static void write(Instant value, Encoder out) throws IOException {
    try {
      out.writeLong(
          Math.addExact(
              Math.multiplyExact(value.getEpochSecond(), MICROS), value.getNano() / 1000));
    } catch (ArithmeticException | DateTimeException e) {
      throw new Coder.NotEncodable(
          "", "the time " + value + " is beyond what microseconds can count");
    }
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
  }

  /** As Avro's logical type big-decimal has it: the unscaled value as bytes, then the scale. */
  private static byte[] decimal(BigDecimal value) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = org.apache.avro.io.EncoderFactory.get().directBinaryEncoder(bytes, null);
    out.writeBytes(value.unscaledValue().toByteArray());
    out.writeInt(value.scale());
    out.flush();
    return bytes.toByteArray();
  }

  private static BigDecimal decimal(byte[] bytes) throws IOException {
    var in =
        org.apache.avro.io.DecoderFactory.get()
            .directBinaryDecoder(new ByteArrayInputStream(bytes), null);
    var unscaled = new BigInteger(Coder.bytes(in));
    return new BigDecimal(unscaled, in.readInt());
  }
}
