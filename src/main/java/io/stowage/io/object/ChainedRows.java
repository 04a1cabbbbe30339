package io.stowage.io.object;

import io.stowage.api.Cancellation;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of several objects, one behind the other. One object is open at a time: it is closed at its end, or with the stream. */
final class ChainedRows extends Spliterators.AbstractSpliterator<@Nullable Object> {
  private static final long BETWEEN_LOOKS = 1024;

  private final Iterator<StoredPart> parts;
  private final Function<StoredPart, @Nullable PartRows> open;
  private final Cancellation cancellation;
  private @Nullable PartRows current;
  private @Nullable Object row;
  private long rows;

  private ChainedRows(
      List<StoredPart> parts, Function<StoredPart, @Nullable PartRows> open, Cancellation cancellation) {
    super(Long.MAX_VALUE, Spliterator.ORDERED);
    this.parts = parts.iterator();
    this.open = open;
    this.cancellation = cancellation;
  }

  /**
   * Opens the first object at once, so that what can be known to be missing fails before anybody pulls.
   *
   * @param open null for an object that is to be left out
   */
  static Stream<@Nullable Object> of(
      List<StoredPart> parts, Function<StoredPart, @Nullable PartRows> open, Cancellation cancellation) {
    var rows = new ChainedRows(parts, open, cancellation);
    rows.next();
    return StreamSupport.stream(rows, false).onClose(rows::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super @Nullable Object> action) {
    if (rows++ % BETWEEN_LOOKS == 0) {
      cancellation.throwIfRequested();
    }
    while (current != null) {
      if (current.advance(this::hold)) {
        action.accept(row);
        return true;
      }
      next();
    }
    return false;
  }

  // The author's code runs outside of the read, so that its failures are not taken for bad data.
  private void hold(@Nullable Object next) {
    row = next;
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
