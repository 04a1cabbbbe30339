package io.stowage.io.avro.block;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Gathers values as bytes until they are a block. */
final class BlockEncoder {
  private final DatumWriter<@Nullable Object> writer;
  private final int blockSize;
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

  /** What was gathered, not compressed. Starts anew. */
  Block take() throws IOException {
    encoder.flush();
    var block = new Block(values, room.bytes());
    room = new Room(blockSize);
    encoder = EncoderFactory.get().binaryEncoder(room, encoder);
    values = 0;
    return block;
  }

  private static final class Room extends ByteArrayOutputStream {
    /** The value that fills a block goes beyond it, mostly by little. */
    private static final int SPARE = 1024;

    Room(int blockSize) {
      super(blockSize + SPARE);
    }

    void cut(int size) {
      count = size;
    }

    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
