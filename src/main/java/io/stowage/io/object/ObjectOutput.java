package io.stowage.io.object;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Buffers small writes; a format that closes it only flushes, since whether the object is whole is
 * decided after it.
 */
final class ObjectOutput extends BufferedOutputStream {
  private static final int BUFFER = 64 * 1024;

  ObjectOutput(OutputStream out) {
    super(out, BUFFER);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
