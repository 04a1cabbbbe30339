package io.stowage.io.table;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Rows in the binary format of COPY, sent in pieces of some size. A field that cannot be written
 * throws {@code IllegalArgumentException}; the copy is then to be given up.
 */
final class CopyBuffer {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int PIECE = 64 * 1024;
  private static final long MICROS = 1_000_000;
  private static final LocalDate DAY_ZERO = LocalDate.of(2000, 1, 1);
  private static final long SECOND_ZERO =
      DAY_ZERO.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);

  private final CopyIn copy;
  private byte[] bytes = new byte[2 * PIECE];
  private int end;

  CopyBuffer(CopyIn copy) {
    this.copy = copy;
    put(SIGNATURE);
  }

  void row(int fields) throws SQLException {
    if (end >= PIECE) {
      send();
    }
    room(2);
    ByteConverter.int2(bytes, end, fields);
    end += 2;
  }

  /** Ends the rows. */
  void finish() throws SQLException {
    row(-1);
    send();
  }

  private void send() throws SQLException {
    copy.writeToCopy(bytes, 0, end);
    end = 0;
  }

  void nothing() {
    raw4(-1);
  }

  void bool(boolean value) {
    raw4(1);
    room(1);
    bytes[end++] = (byte) (value ? 1 : 0);
  }

  void int2(short value) {
    raw4(2);
    room(2);
    ByteConverter.int2(bytes, end, value);
    end += 2;
  }

  void int4(int value) {
    raw4(4);
    raw4(value);
  }

  void int8(long value) {
    raw4(8);
    raw8(value);
  }

  void numeric(BigDecimal value) {
    // A negative scale is a spelling that the database does not keep.
    bytes(ByteConverter.numeric(value.scale() < 0 ? value.setScale(0) : value));
  }

  void text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the text has a character of code 0, which PostgreSQL cannot hold");
    }
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    if (value.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
      encoded = strictly(value);
    }
    bytes(encoded);
  }

  private static byte[] strictly(String value) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      return Arrays.copyOf(encoded.array(), encoded.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the text has half of a surrogate pair", e);
    }
  }

  void instant(Instant value) {
    int8(micros(value.getEpochSecond(), value.getNano()));
  }

  void timestamp(LocalDateTime value) {
    int8(micros(value.toEpochSecond(ZoneOffset.UTC), value.getNano()));
  }

  private static long micros(long seconds, int nanos) {
    try {
      return Math.addExact(
          Math.multiplyExact(Math.subtractExact(seconds, SECOND_ZERO), MICROS), nanos / 1000);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the time is out of range", e);
    }
  }

  void date(LocalDate value) {
    try {
      int4(Math.toIntExact(value.toEpochDay() - DAY_ZERO.toEpochDay()));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the date is out of range", e);
    }
  }

  void time(LocalTime value) {
    int8(value.toNanoOfDay() / 1000);
  }

  void uuid(UUID value) {
    raw4(16);
    raw8(value.getMostSignificantBits());
    raw8(value.getLeastSignificantBits());
  }

  void bytes(byte[] value) {
    raw4(value.length);
    put(value);
  }

  private void raw4(int value) {
    room(4);
    ByteConverter.int4(bytes, end, value);
    end += 4;
  }

  private void raw8(long value) {
    room(8);
    ByteConverter.int8(bytes, end, value);
    end += 8;
  }

  private void put(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, end, more.length);
    end += more.length;
  }

  private void room(int more) {
    if (bytes.length - end < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(end, more)));
    }
  }
}
