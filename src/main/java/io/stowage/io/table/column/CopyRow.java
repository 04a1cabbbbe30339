package io.stowage.io.table.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.postgresql.util.ByteConverter;

/** A row in the binary format of COPY, read field by field. */
public final class CopyRow {
  private static final int SIGNATURE = 11;
  private static final int HEADER = SIGNATURE + 8;

  private byte[] bytes = {};
  private int position;
  private int length;

  /**
   * Takes what COPY gives next: a row, with the header before it where it is the first.
   *
   * @return whether it is a row, and not the end
   */
  public boolean take(byte[] message, boolean first) {
    bytes = message;
    position = first ? HEADER + ByteConverter.int4(message, HEADER - 4) : 0;
    // The header may also come by itself.
    return position < message.length && int2At() >= 0;
  }

  private short int2At() {
    short fields = ByteConverter.int2(bytes, position);
    position += 2;
    return fields;
  }

  /** Goes to the next field; whether it is there, and not null. */
  public boolean next() {
    length = ByteConverter.int4(bytes, position);
    position += 4;
    return length >= 0;
  }

  /** How many bytes the field has. */
  int length() {
    return length;
  }

  byte int1() {
    return bytes[position++];
  }

  short int2() {
    return int2At();
  }

  /** A whole number that stands as a field by itself. */
  public int int4() {
    int value = ByteConverter.int4(bytes, position);
    position += 4;
    return value;
  }

  long int8() {
    long value = ByteConverter.int8(bytes, position);
    position += 8;
    return value;
  }

  Number numeric() {
    Number value = ByteConverter.numeric(bytes, position, length);
    position += length;
    return value;
  }

  String text() {
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  byte[] bytes() {
    byte[] value = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return value;
  }
}
