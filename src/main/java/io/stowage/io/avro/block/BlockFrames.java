package io.stowage.io.avro.block;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Takes a file apart into its header and blocks, and notices what is damaged or cut off. */
final class BlockFrames implements AutoCloseable {
  /** A damaged file may claim any size: beyond this, room is made as the bytes come. */
  private static final int ROOM_AT_FIRST = 1 << 20;

  private final SourceStream source;
  private final BinaryDecoder decoder;
  private final FileHeader header;
  private final byte[] marker = new byte[DataFileConstants.SYNC_SIZE];

  private BlockFrames(SourceStream source, FileHeader header) {
    this.source = source;
    this.decoder = DecoderFactory.get().directBinaryDecoder(source, null);
    this.header = header;
  }

  /**
   * Reads the header.
   *
   * @throws DamageException unless it is the stream that fails
   */
  static BlockFrames open(InputStream in) throws DamageException {
    var source = new SourceStream(in);
    try {
      return new BlockFrames(source, FileHeader.read(source));
    } catch (IOException | RuntimeException e) {
      source.rethrow();
      throw new DamageException(e);
    }
  }

  FileHeader header() {
    return header;
  }

  /**
   * The next block; null at the end of a file that was not cut off.
   *
   * @throws DamageException unless it is the stream that fails
   */
  @Nullable Block next() throws DamageException {
    try {
      return source.isAtEnd() ? null : read();
    } catch (IOException | RuntimeException e) {
      source.rethrow();
      throw new DamageException(e);
    }
  }

  private Block read() throws IOException {
    long values = decoder.readLong();
    long size = decoder.readLong();
    if (values < 0 || size < 0 || size > Integer.MAX_VALUE) {
      throw new IOException(
          "a block cannot hold %d values in %d bytes: the file is damaged".formatted(values, size));
    }
    byte[] bytes = bytes((int) size);
    decoder.readFixed(marker);
    if (!Arrays.equals(marker, header.marker())) {
      throw new IOException("a block does not end where it should: the file is damaged");
    }
    return new Block(values, ByteBuffer.wrap(bytes));
  }

  private byte[] bytes(int size) throws IOException {
    var bytes = new byte[Math.min(size, ROOM_AT_FIRST)];
    int read = 0;
    while (true) {
      read += source.readNBytes(bytes, read, bytes.length - read);
      if (read < bytes.length) {
        throw new EOFException();
      }
      if (read == size) {
        return bytes;
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, 2L * read));
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
