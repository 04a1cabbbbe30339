package io.stowage.io.avro.value;

import io.stowage.io.avro.value.ScalarCodecs.Scalar;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times. What is finer than a microsecond is cut off, as databases do: most readers of
 * Avro know no finer time, and to refuse it would refuse {@code Instant.now()}.
 */
final class TimeCodecs {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private TimeCodecs() {}

  private static final ValueCodec INSTANT =
      new Scalar(Schema.Type.LONG, LogicalTypes.timestampMicros()) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          var instant = (Instant) value;
          out.writeLong(micros(instant.getEpochSecond(), instant.getNano()));
        }

        @Override
        Object decode(Decoder in) throws IOException {
          long micros = in.readLong();
          return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), nanos(micros));
        }
      };

  private static final ValueCodec LOCAL_DATE_TIME =
      new Scalar(Schema.Type.LONG, LogicalTypes.localTimestampMicros()) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          var time = (LocalDateTime) value;
          out.writeLong(micros(time.toEpochSecond(ZoneOffset.UTC), time.getNano()));
        }

        @Override
        Object decode(Decoder in) throws IOException {
          long micros = in.readLong();
          return LocalDateTime.ofEpochSecond(
              Math.floorDiv(micros, MICROS_PER_SECOND), nanos(micros), ZoneOffset.UTC);
        }
      };

  private static final ValueCodec LOCAL_DATE =
      new Scalar(Schema.Type.INT, LogicalTypes.date()) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeInt(Math.toIntExact(((LocalDate) value).toEpochDay()));
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return LocalDate.ofEpochDay(in.readInt());
        }
      };

  private static final ValueCodec LOCAL_TIME =
      new Scalar(Schema.Type.LONG, LogicalTypes.timeMicros()) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeLong(((LocalTime) value).toNanoOfDay() / 1000);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          return LocalTime.ofNanoOfDay(Math.multiplyExact(in.readLong(), 1000L));
        }
      };

  private static final Map<Class<?>, ValueCodec> BY_CLASS =
      Map.of(
          Instant.class, INSTANT,
          LocalDateTime.class, LOCAL_DATE_TIME,
          LocalDate.class, LOCAL_DATE,
          LocalTime.class, LOCAL_TIME);

  static @Nullable ValueCodec of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  private static long micros(long seconds, int nanos) {
    try {
      return Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), nanos / 1000);
    } catch (ArithmeticException e) {
      throw new ValueFailure(
          "the time is out of range: 64 bits of microseconds reach 292,000 years", e);
    }
  }

  private static int nanos(long micros) {
    return Math.floorMod(micros, (int) MICROS_PER_SECOND) * 1000;
  }
}
