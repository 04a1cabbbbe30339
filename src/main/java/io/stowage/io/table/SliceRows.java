package io.stowage.io.table;

import io.stowage.api.Cancellation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of slices, one behind the other, by a cursor over each: in the slices' order, without
 * one within. All are of one moment. The connection is given back at the last row, at a failure, or
 * with the stream.
 */
final class SliceRows extends Spliterators.AbstractSpliterator<Object> {
  private static final long BETWEEN_LOOKS = 1024;

  private final PostgresDatabase.Held held;
  private final RowLoader loader;
  private final Iterator<Slice> slices;
  private final int fetchSize;
  private final Cancellation cancellation;
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet cursor;
  private long rows;
  private boolean ended;

  SliceRows(
      PostgresDatabase.Held held,
      RowLoader loader,
      List<Slice> slices,
      int fetchSize,
      Cancellation cancellation) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.held = held;
    this.loader = loader;
    this.slices = slices.iterator();
    this.fetchSize = fetchSize;
    this.cancellation = cancellation;
  }

  Stream<Object> stream() {
    return StreamSupport.stream(this, false).onClose(this::close);
  }

  List<Object> list() {
    var all = new ArrayList<Object>();
    forEachRemaining(all::add);
    return all;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Object> action) {
    Object row = next();
    if (row == null) {
      return false;
    }
    action.accept(row);
    return true;
  }

  /** Null at the end. */
  private @Nullable Object next() {
    if (ended) {
      return null;
    }
    try {
      if (rows++ % BETWEEN_LOOKS == 0) {
        cancellation.throwIfRequested();
      }
      while (cursor == null || !cursor.next()) {
        closeCursor();
        if (!slices.hasNext()) {
          close();
          return null;
        }
        open(slices.next());
      }
      return loader.load(cursor);
    } catch (SQLException e) {
      close();
      throw PostgresErrors.of("cannot read table " + loader.table().name(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(Slice slice) throws SQLException {
    PreparedStatement opened = held.connection().prepareStatement(loader.select(slice));
    statement = opened;
    opened.setFetchSize(fetchSize);
    slice.bind(opened, loader.table());
    cursor = opened.executeQuery();
  }

  private void closeCursor() throws SQLException {
    PreparedStatement closing = statement;
    statement = null;
    cursor = null;
    if (closing != null) {
      closing.close();
    }
  }

  private void close() {
    if (ended) {
      return;
    }
    ended = true;
    try (held) {
      closeCursor();
    } catch (SQLException e) {
      // Closing the connection ends what the cursor did not.
    }
  }
}
