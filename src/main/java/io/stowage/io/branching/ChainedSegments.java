package io.stowage.io.branching;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.branching.BranchingIoManager.Segment;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of several segments, one behind the other; one is open at a time. Not by {@code
 * flatMap}, which holds all rows of a segment for who pulls one by one.
 */
final class ChainedSegments extends Spliterators.AbstractSpliterator<@Nullable Object> {
  private final Iterator<Segment> segments;
  private @Nullable Stream<?> open;
  private @Nullable Iterator<?> rows;

  private ChainedSegments(List<Segment> segments) {
    super(Long.MAX_VALUE, Spliterator.ORDERED);
    this.segments = segments.iterator();
  }

  /** Opens the first segment at once, so that what is missing fails before anybody computes. */
  static Stream<@Nullable Object> of(List<Segment> segments) {
    var chained = new ChainedSegments(segments);
    chained.next();
    return StreamSupport.stream(chained, false).onClose(chained::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super @Nullable Object> action) {
    while (rows != null) {
      if (rows.hasNext()) {
        action.accept(rows.next());
        return true;
      }
      next();
    }
    return false;
  }

  private void next() {
    close();
    if (!segments.hasNext()) {
      return;
    }
    try {
      Stream<?> stream = segments.next().rows();
      open = stream;
      rows = stream.iterator();
    } catch (StowageException e) {
      throw e;
    } catch (Exception e) {
      throw new StowageException(ErrorCode.ASSET_FAILED, "cannot load: " + e, e);
    }
  }

  private void close() {
    Stream<?> closing = open;
    open = null;
    rows = null;
    if (closing != null) {
      closing.close();
    }
  }
}
