package io.stowage.io.avro.block;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Gathers values as bytes until they are a block. For one thread. */
final class BlockEncoder {
  /** What was gathered, not compressed. */
  static final class Gathered {
    private final long values;
    private final Room room;

    private Gathered(long values, Room room) {
      this.values = values;
      this.room = room;
    }

    long values() {
      return values;
    }

    ByteBuffer bytes() {
      return room.bytes();
    }
  }

  private final DatumWriter<@Nullable Object> writer;
  private final int blockSize;
  private final Deque<Room> spare = new ArrayDeque<>();
  private Room room;
  private BinaryEncoder encoder;
  private long values;

  BlockEncoder(DatumWriter<@Nullable Object> writer, int blockSize) {
    this.writer = writer;
    this.blockSize = blockSize;
    this.room = new Room(blockSize);
    this.encoder = EncoderFactory.get().binaryEncoder(room, null);
  }

  /** Adds a value whole, or throws what the writer throws. */
  void add(@Nullable Object value) throws IOException {
    int before = size();
    try {
      writer.write(value, encoder);
    } catch (IOException | RuntimeException e) {
      encoder.flush();
      room.cut(before);
      throw e;
    }
    values++;
  }

  private int size() {
    return room.size() + encoder.bytesBuffered();
  }

  boolean isEmpty() {
    return values == 0;
  }

  boolean isFull() {
    return size() >= blockSize;
  }

  /** What was gathered; starts anew. */
  Gathered take() throws IOException {
    encoder.flush();
    var gathered = new Gathered(values, room);
    room = spare.isEmpty() ? new Room(blockSize) : spare.pop();
    encoder = EncoderFactory.get().binaryEncoder(room, encoder);
    values = 0;
    return gathered;
  }

  /** Takes the memory of what was written, for another block. */
  void reuse(Gathered written) {
    if (written.room.isUsual()) {
      written.room.reset();
      spare.push(written.room);
    }
  }

  private static final class Room extends ByteArrayOutputStream {
    /** The value that fills a block goes beyond it, mostly by little. */
    private static final int SPARE = 1024;

    private final int usual;

    Room(int blockSize) {
      super(blockSize + SPARE);
      usual = buf.length;
    }

    /** Whether no enormous value has made it larger. */
    boolean isUsual() {
      return buf.length == usual;
    }

    void cut(int size) {
      count = size;
    }

    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
