package io.stowage.io.table;

import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.table.column.CopyRow;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresErrors;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rows of slices, one slice behind the other, as the database sends them: no more of them than
 * the connection holds are under way. All are of one moment. The connection is given back at the
 * last row, at a failure, or with the stream.
 */
final class SliceRows extends Spliterators.AbstractSpliterator<Object> {
  private static final long BETWEEN_LOOKS = 1024;

  private final PostgresDatabase.Held held;
  private final SliceQuery query;
  private final Cancellation cancellation;
  private final CopyRow row = new CopyRow();
  private @Nullable CopyOut copy;
  private int slice;
  private long taken;
  private boolean ended;

  SliceRows(PostgresDatabase.Held held, SliceQuery query, Cancellation cancellation) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.held = held;
    this.query = query;
    this.cancellation = cancellation;
  }

  /** Asks for the rows; none come before. */
  SliceRows open() throws SQLException {
    if (query.slices().isEmpty()) {
      close();
      return this;
    }
    // The rows of the slices come in their order as long as one process looks them up.
    try (var alone = held.connection().createStatement()) {
      alone.execute("SET LOCAL max_parallel_workers_per_gather = 0");
    }
    copy = held.connection().unwrap(PGConnection.class).getCopyAPI().copyOut(query.sql());
    return this;
  }

  Stream<Object> stream() {
    return StreamSupport.stream(this, false).onClose(this::close);
  }

  /** The position of the slice that the last row is of. */
  int slice() {
    return slice;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Object> action) {
    Object next = next();
    if (next == null) {
      return false;
    }
    action.accept(next);
    return true;
  }

  /** Null at the end. */
  @Nullable Object next() {
    CopyOut source = copy;
    if (ended || source == null) {
      return null;
    }
    try {
      if (taken % BETWEEN_LOOKS == 0) {
        cancellation.throwIfRequested();
      }
      for (byte[] message = source.readFromCopy();
          message != null;
          message = source.readFromCopy()) {
        if (row.take(message, taken++ == 0)) {
          return loaded();
        }
      }
      close();
      return null;
    } catch (SQLException e) {
      close();
      throw PostgresErrors.of("cannot read table " + query.rows().table().name(), e, cancellation);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Object loaded() {
    if (query.givesPositions()) {
      advanceSlice();
    }
    return query.rows().load(row);
  }

  private void advanceSlice() {
    row.next();
    int position = row.int4();
    if (position < slice) {
      throw new StowageException(
          ErrorCode.INTERNAL_ERROR,
          "the rows of table "
              + query.rows().table().name()
              + " came in another order than their partitions");
    }
    slice = position;
  }

  void close() {
    if (ended) {
      return;
    }
    ended = true;
    try (held) {
      CopyOut left = copy;
      if (left != null && left.isActive()) {
        left.cancelCopy();
      }
    } catch (SQLException e) {
      // The copy had ended before it was canceled, or the connection is broken: it is not kept.
    }
  }
}
