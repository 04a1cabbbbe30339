package io.stowage.io.table.column;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Rows in the binary format of COPY, sent in pieces of some size. A field that cannot be written
 * throws {@code IllegalArgumentException}; the copy is then to be given up.
 */
public final class CopyBuffer {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int PIECE = 64 * 1024;

  private final CopyIn copy;
  private byte[] bytes = new byte[2 * PIECE];
  private int end;

  public CopyBuffer(CopyIn copy) {
    this.copy = copy;
    put(SIGNATURE);
  }

  public void row(int fields) throws SQLException {
    if (end >= PIECE) {
      send();
    }
    room(2);
    ByteConverter.int2(bytes, end, fields);
    end += 2;
  }

  /** Ends the rows. */
  public void finish() throws SQLException {
    row(-1);
    send();
  }

  private void send() throws SQLException {
    copy.writeToCopy(bytes, 0, end);
    end = 0;
  }

  public void nothing() {
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
    checkText(value);
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Refuses what no text of PostgreSQL has. */
  public static void checkText(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException(
            "the text has a character of code 0, which PostgreSQL cannot hold");
      }
      if (Character.isSurrogate(c)
          && (i + 1 == value.length() || !Character.isSurrogatePair(c, value.charAt(++i)))) {
        throw new IllegalArgumentException("the text has half of a surrogate pair");
      }
    }
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

  /** Bytes behind the number of their format's version. */
  void versioned(int version, byte[] value) {
    raw4(value.length + 1);
    room(1);
    bytes[end++] = (byte) version;
    put(value);
  }

  /** Null elements are null there too. */
  void array(SqlType element, List<?> values) {
    int start = end;
    raw4(0);
    raw4(values.isEmpty() ? 0 : 1);
    raw4(values.contains(null) ? 1 : 0);
    raw4(element.oid());
    if (!values.isEmpty()) {
      raw4(values.size());
      raw4(1);
    }
    for (Object value : values) {
      if (value == null) {
        nothing();
      } else {
        element.write(this, value);
      }
    }
    ByteConverter.int4(bytes, start, end - start - 4);
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
