package io.stowage.engine;

import io.stowage.api.Output;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Closes what a step opened, streams above all, on every path and in reverse order. */
final class Closing implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Keeps the value if it can be closed, or those of a map by partition, and gives it back. */
  @Nullable Object add(@Nullable Object value) {
    switch (value) {
      case BaseStream<?, ?> stream -> opened.push(stream);
      case InputStream bytes -> opened.push(bytes);
      case Output<?> output -> add(output.value());
      case Optional<?> optional -> optional.ifPresent(this::add);
      case Map<?, ?> map when Values.readOnce(map) -> map.values().forEach(this::add);
      case null, default -> {}
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
