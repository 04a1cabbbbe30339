package io.stowage.io.avro.file;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Knows of a file's bytes what Avro's reader keeps to itself: whether the stream failed, so that a
 * lost connection is not taken for damage; and whether the file was cut off, since Avro takes the
 * end of bytes within a block for the end of rows.
 */
final class SourceStream extends FilterInputStream {
  private final byte[] tail = new byte[DataFileConstants.SYNC_SIZE];
  private @Nullable ByteArrayOutputStream head = new ByteArrayOutputStream();
  private byte[] marker = new byte[0];
  private @Nullable Exception failure;

  SourceStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int count = in.read(bytes, offset, length);
      if (count > 0) {
        keep(bytes, offset, count);
      }
      return count;
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    return read(new byte[(int) Math.min(count, 8192)]);
  }

  private void keep(byte[] bytes, int offset, int count) {
    int fresh = Math.min(count, tail.length);
    System.arraycopy(tail, fresh, tail, 0, tail.length - fresh);
    System.arraycopy(bytes, offset + count - fresh, tail, tail.length - fresh, fresh);
    if (head != null) {
      head.write(bytes, offset, count);
    }
  }

  /**
   * To be called when Avro has read the header: what it read ahead is all that is kept of the file.
   */
  void headerRead() throws IOException {
    if (head == null) {
      return;
    }
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(head.toByteArray(), null);
    decoder.skipFixed(DataFileConstants.MAGIC.length);
    for (long entries = decoder.readMapStart(); entries > 0; entries = decoder.mapNext()) {
      for (long i = 0; i < entries; i++) {
        decoder.skipString();
        decoder.skipBytes();
      }
    }
    marker = new byte[DataFileConstants.SYNC_SIZE];
    decoder.readFixed(marker);
    head = null;
  }

  /** Whether what was read so far ends as the header and every block end. */
  boolean endsWhole() {
    return Arrays.equals(tail, marker);
  }

  /** Throws what the stream threw, if it did. */
  void rethrow() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
