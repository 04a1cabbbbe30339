package io.stowage.io.avro.block;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes, which knows whether it was the stream that failed, so that a lost connection is
 * not taken for damage.
 */
final class SourceStream extends FilterInputStream {
  private static final int NONE = -1;

  private int peeked = NONE;
  private @Nullable Exception failure;

  SourceStream(InputStream in) {
    super(in instanceof BufferedInputStream ? in : new BufferedInputStream(in));
  }

  /** Whether there is no further byte. */
  boolean isAtEnd() throws IOException {
    if (peeked == NONE) {
      peeked = read();
    }
    return peeked == NONE;
  }

  @Override
  public int read() throws IOException {
    if (peeked != NONE) {
      int first = peeked;
      peeked = NONE;
      return first;
    }
    try {
      return in.read();
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (peeked != NONE) {
      bytes[offset] = (byte) read();
      return 1;
    }
    try {
      return in.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
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
