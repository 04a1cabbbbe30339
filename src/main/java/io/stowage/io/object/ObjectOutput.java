package io.stowage.io.object;

import io.stowage.api.Cancellation;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Buffers small writes, and stops between them where the run is to stop, also where a format writes
 * no rows. A format that closes it only flushes, since whether the object is whole is decided after
 * it.
 */
final class ObjectOutput extends BufferedOutputStream {
  private static final int BUFFER = 64 * 1024;

  ObjectOutput(OutputStream out, Cancellation cancellation) {
    super(new Stopping(out, cancellation), BUFFER);
  }

  private static final class Stopping extends FilterOutputStream {
    private final Cancellation cancellation;

    Stopping(OutputStream out, Cancellation cancellation) {
      super(out);
      this.cancellation = cancellation;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      cancellation.throwIfRequested();
      out.write(bytes, from, length);
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
