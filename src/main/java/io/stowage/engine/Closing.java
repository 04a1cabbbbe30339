package io.stowage.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Closes what a step opened, streams above all, on every path and in reverse order. */
final class Closing implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Keeps the value if it can be closed, and gives it back. */
  @Nullable Object add(@Nullable Object value) {
    if (value instanceof BaseStream<?, ?> || value instanceof java.io.InputStream) {
      opened.push((AutoCloseable) value);
    }
    return value;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "could not close a stream of the step: {0}", e.toString());
      }
    }
  }
}
