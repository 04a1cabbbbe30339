package io.stowage.io.object;

import java.io.IOException;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of one object as they are read; its failures name the object. */
final class PartRows implements AutoCloseable {
  private final StoredPart part;
  private final OpenPart open;
  private final Stream<?> rows;
  private final Spliterator<?> source;
  private final LoadedRows loaded;
  private long count;

  PartRows(StoredPart part, OpenPart open, Stream<?> rows, LoadedRows loaded) {
    this.part = part;
    this.open = open;
    this.loaded = loaded;
    this.rows = rows;
    this.source = rows.spliterator();
  }

  boolean advance(Consumer<@Nullable Object> action) {
    try {
      if (source.tryAdvance(action)) {
        count++;
        return true;
      }
      open.finish();
      loaded.end(count);
      return false;
    } catch (IOException | RuntimeException e) {
      throw part.failure(open.explained(e));
    }
  }

  @Override
  public void close() {
    try (open) {
      rows.close();
    }
  }
}
