package io.stowage.io.avro.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Deflate without zlib's header, from array to array: through the JDK's streams, which Avro's own
 * codec takes, every half kilobyte is a call into the library.
 */
final class DeflateBlocks implements BlockCodec {
  /** What a Java array holds. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final int level;
  private @Nullable Deflater deflater;
  private @Nullable Inflater inflater;
  private byte[] plain = new byte[0];

  DeflateBlocks(int level) {
    this.level = level;
  }

  @Override
  public ByteBuffer compress(ByteBuffer bytes) {
    Deflater deflate = deflater == null ? new Deflater(level, true) : deflater;
    deflater = deflate;
    deflate.reset();
    deflate.setInput(bytes);
    deflate.finish();
    var compressed = new byte[bytes.remaining() / 2 + 64];
    int size = 0;
    while (!deflate.finished()) {
      if (size == compressed.length) {
        compressed = Arrays.copyOf(compressed, 2 * size);
      }
      size += deflate.deflate(compressed, size, compressed.length - size);
    }
    return ByteBuffer.wrap(compressed, 0, size);
  }

  @Override
  public ByteBuffer decompress(ByteBuffer bytes) throws IOException {
    Inflater inflate = inflater == null ? new Inflater(true) : inflater;
    inflater = inflate;
    inflate.reset();
    inflate.setInput(bytes);
    int size = 0;
    try {
      while (!inflate.finished() && !inflate.needsDictionary()) {
        if (size == plain.length) {
          plain = Arrays.copyOf(plain, larger(size, bytes.limit()));
        }
        int more = inflate.inflate(plain, size, plain.length - size);
        if (more == 0 && inflate.needsInput()) {
          break;
        }
        size += more;
      }
    } catch (DataFormatException e) {
      throw new IOException("a block cannot be decompressed: " + e.getMessage(), e);
    }
    if (!inflate.finished()) {
      throw new IOException("a block cannot be decompressed: it ends too early");
    }
    return ByteBuffer.wrap(plain, 0, size);
  }

  /** Four times what it is compressed, at first. */
  private static int larger(int size, int compressed) throws IOException {
    if (size == LARGEST) {
      throw new IOException("a block is larger than an array can be");
    }
    return (int) Math.min(LARGEST, 2 * Math.max(size, 32 + 2L * compressed));
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
    }
    if (inflater != null) {
      inflater.end();
    }
  }
}
