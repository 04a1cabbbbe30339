package io.stowage.io.object;

import io.stowage.api.ErrorCode;
import io.stowage.api.StepContext;
import io.stowage.api.StowageException;
import java.util.Iterator;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a value as a format writes them: counted, shown as progress, and ended where the step
 * is to stop. For one thread.
 */
public final class RowCount implements Iterator<@Nullable Object> {
  private static final long BETWEEN_LOOKS = 1024;
  private static final long BETWEEN_REPORTS = 64 * 1024;

  private final Iterator<?> rows;
  private final StepContext context;
  private long count;

  private RowCount(Iterator<?> rows, StepContext context) {
    this.rows = rows;
    this.context = context;
  }

  /**
   * @param value a stream, which is consumed and left to its owner to close, or anything iterable
   */
  public static RowCount of(StepContext context, Object value) {
    return switch (value) {
      case BaseStream<?, ?> stream -> new RowCount(stream.iterator(), context);
      case Iterable<?> rows -> new RowCount(rows.iterator(), context);
      default ->
          throw new StowageException(
              ErrorCode.TYPE_MISMATCH, "a " + value.getClass().getName() + " has no rows");
    };
  }

  /** How many rows were taken so far. */
  public long count() {
    return count;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public @Nullable Object next() {
    if (count % BETWEEN_LOOKS == 0) {
      context.cancellation().throwIfRequested();
    }
    if (++count % BETWEEN_REPORTS == 0) {
      context.progress(count, -1);
    }
    return rows.next();
  }
}
