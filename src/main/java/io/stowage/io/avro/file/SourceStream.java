package io.stowage.io.avro.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Remembers that the stream itself failed, so that a lost connection is not taken for a damaged file. */
final class SourceStream extends FilterInputStream {
  private @Nullable Exception failure;

  SourceStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      return in.skip(count);
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
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
