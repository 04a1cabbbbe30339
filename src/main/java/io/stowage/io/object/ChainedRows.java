package io.stowage.io.object;

import io.stowage.api.StepContext;
import io.stowage.api.StoredObject;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of several objects, one behind the other. One object is open at a time: it is closed at
 * its end, or with the stream.
 */
final class ChainedRows extends Spliterators.AbstractSpliterator<@Nullable Object> {
  private static final long BETWEEN_LOOKS = 1024;
  private static final long BETWEEN_REPORTS = 64 * 1024;

  private final Iterator<StoredPart> parts;
  private final Function<StoredPart, @Nullable PartRows> open;
  private final StepContext context;
  private final long total;
  private @Nullable PartRows current;
  private @Nullable Object row;
  private boolean held;
  private long rows;

  private ChainedRows(
      List<StoredPart> parts, Function<StoredPart, @Nullable PartRows> open, StepContext context) {
    super(Long.MAX_VALUE, Spliterator.ORDERED);
    this.parts = parts.iterator();
    this.open = open;
    this.context = context;
    this.total = total(parts);
  }

  /** -1 where it is not known of one of them. */
  private static long total(List<StoredPart> parts) {
    long total = 0;
    for (StoredPart part : parts) {
      StoredObject committed = part.committed();
      if (committed == null || committed.rows() < 0) {
        return -1;
      }
      total += committed.rows();
    }
    return total;
  }

  /**
   * Reads the first row at once, so that a missing object, or one that cannot be read as the
   * declared type, fails before anybody computes.
   *
   * @param open null for an object that is to be left out
   */
  static Stream<@Nullable Object> of(
      List<StoredPart> parts, Function<StoredPart, @Nullable PartRows> open, StepContext context) {
    var rows = new ChainedRows(parts, open, context);
    rows.next();
    rows.held = rows.read();
    return StreamSupport.stream(rows, false).onClose(rows::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super @Nullable Object> action) {
    if (rows++ % BETWEEN_LOOKS == 0) {
      context.cancellation().throwIfRequested();
    }
    if (rows % BETWEEN_REPORTS == 0) {
      context.progress(rows, total);
    }
    if (!held && !read()) {
      return false;
    }
    held = false;
    action.accept(row);
    return true;
  }

  /**
   * Into the field, since the author's code runs outside of the read: its failures are not to be
   * taken for bad data.
   */
  private boolean read() {
    try {
      while (current != null) {
        if (current.advance(next -> row = next)) {
          return true;
        }
        next();
      }
      return false;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void next() {
    close();
    while (current == null && parts.hasNext()) {
      current = open.apply(parts.next());
    }
  }

  private void close() {
    PartRows closing = current;
    current = null;
    if (closing != null) {
      closing.close();
    }
  }
}
