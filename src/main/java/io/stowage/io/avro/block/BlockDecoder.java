package io.stowage.io.avro.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Makes values of a block's bytes, one block after the other. For one thread at a time. */
final class BlockDecoder implements AutoCloseable {
  private final BlockCodec codec;
  private final DatumReader<? extends @Nullable Object> reader;
  private @Nullable BinaryDecoder decoder;

  BlockDecoder(BlockCodec codec, DatumReader<? extends @Nullable Object> reader) {
    this.codec = codec;
    this.reader = reader;
  }

  /**
   * @return how many bytes the block has decompressed
   */
  int open(Block block) throws IOException {
    ByteBuffer bytes = codec.decompress(block.bytes());
    int start = bytes.arrayOffset() + bytes.position();
    decoder = DecoderFactory.get().binaryDecoder(bytes.array(), start, bytes.remaining(), decoder);
    return bytes.remaining();
  }

  @Nullable Object next() throws IOException {
    return reader.read(null, opened());
  }

  void finish() throws IOException {
    if (!opened().isEnd()) {
      throw new IOException("its block is longer than the values that it should have");
    }
  }

  private BinaryDecoder opened() {
    if (decoder == null) {
      throw new IllegalStateException("no block was opened");
    }
    return decoder;
  }

  @Override
  public void close() {
    codec.close();
  }
}
