package io.stowage.io.avro.block;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as an object container file. They are encoded by the caller's thread, which writes
 * to the stream, too; full blocks are compressed by others meanwhile, at most so many as {@link
 * Lookahead} takes. For one thread.
 */
public final class BlockWriter implements AutoCloseable {
  /** Not compressed; about as large as Avro's own. */
  private static final int BLOCK_SIZE = 64 * 1024;

  private final OutputStream out;
  private final BinaryEncoder frame;
  private final FileHeader header;
  private final BlockEncoder values;
  private final Lookahead<Compressed> compressing = new Lookahead<>();
  private final Queue<BlockCodec> idle = new ConcurrentLinkedQueue<>();
  private boolean failed;

  private record Compressed(BlockEncoder.Gathered from, ByteBuffer bytes) {}

  private BlockWriter(OutputStream out, FileHeader header, DatumWriter<@Nullable Object> writer) {
    this.out = out;
    this.frame = EncoderFactory.get().binaryEncoder(out, null);
    this.header = header;
    this.values = new BlockEncoder(writer, BLOCK_SIZE);
  }

  /**
   * Writes the header.
   *
   * @param out closed with the writer
   * @param entries of the header, beside schema and codec
   */
  public static BlockWriter open(
      OutputStream out,
      Schema schema,
      Map<String, String> entries,
      BlockCodec.Factory codec,
      DatumWriter<@Nullable Object> writer)
      throws IOException {
    var begun = new BlockWriter(out, FileHeader.of(schema, codec, entries), writer);
    begun.header.write(begun.frame);
    return begun;
  }

  /**
   * Encodes a value.
   *
   * @throws IOException as the writer of values throws it, unchecked exceptions too; the file is
   *     then as if there had been no such value
   */
  public void encode(@Nullable Object value) throws IOException {
    values.add(value);
  }

  /**
   * To be called after each value: writes blocks that are full.
   *
   * @throws IOException as the stream throws it
   */
  public void writeFullBlocks() throws IOException {
    if (values.isFull()) {
      BlockEncoder.Gathered block = values.take();
      compressing.begin(() -> compressed(block));
      while (compressing.isFull()) {
        writeFirst();
      }
    }
  }

  private Compressed compressed(BlockEncoder.Gathered block) throws IOException {
    BlockCodec free = idle.poll();
    BlockCodec mine = free == null ? header.codec().create() : free;
    try {
      return new Compressed(block, mine.compress(block.bytes()));
    } finally {
      idle.add(mine);
    }
  }

  private void writeFirst() throws IOException {
    boolean written = false;
    try {
      Compressed block = compressing.take();
      frame.writeLong(block.from.values());
      frame.writeBytes(block.bytes);
      frame.writeFixed(header.marker());
      values.reuse(block.from);
      written = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StowageException(ErrorCode.CANCELED, "the thread was interrupted", e);
    } finally {
      failed = !written;
    }
  }

  /** Writes what is left, and closes the stream. After a failure of the stream it only closes. */
  @Override
  public void close() throws IOException {
    try (out;
        compressing) {
      if (failed) {
        return;
      }
      if (!values.isEmpty()) {
        BlockEncoder.Gathered last = values.take();
        compressing.add(() -> compressed(last));
      }
      while (!compressing.isEmpty()) {
        writeFirst();
      }
      frame.flush();
    } finally {
      idle.forEach(BlockCodec::close);
    }
  }
}
