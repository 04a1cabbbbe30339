package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.OutputContext;
import io.stowage.api.StowageException;
import io.stowage.io.object.RowCount;
import io.stowage.io.table.column.ColumnType;
import io.stowage.io.table.column.CopyBuffer;
import io.stowage.io.table.database.PostgresErrors;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Replaces the rows of a slice in one transaction: whoever reads sees the old ones or the new. Two
 * writers of one slice wait for each other, as do one of the whole table and any other; writers of
 * different partitions do not.
 */
final class SliceWriter {
  /** So often a writer that waits looks whether its step is to stop. */
  private static final String LOOK = "SET LOCAL lock_timeout = '1s'";

  private final Connection connection;
  private final OutputContext context;
  private final TablePlace place;
  private final TableName name;
  private final Slice slice;
  private final RowColumns rows;

  SliceWriter(Connection connection, OutputContext context, TablePlace place, RowColumns rows) {
    this.connection = connection;
    this.context = context;
    this.place = place;
    this.name = place.name();
    this.slice = place.slice();
    this.rows = rows;
  }

  /** What is done once its locks are there. */
  private interface Work {
    void run() throws SQLException;
  }

  /**
   * @return how many rows
   */
  long write(RowCount values) throws SQLException {
    var fences = new SliceFences(connection, place);
    LiveTable table = table(fences);
    begin(this::lockSlice);
    long fence = fences.check(context, slice);
    try (var delete = connection.createStatement()) {
      delete.execute("DELETE FROM " + name.sql() + slice.where(table));
    }
    copy(table, values);
    fences.record(context, slice, fence, values.count());
    context.cancellation().throwIfRequested();
    connection.commit();
    return values.count();
  }

  /** In a transaction of its own, so that no neighbour waits for the rows. */
  private LiveTable table(SliceFences fences) throws SQLException {
    var wanted = new TableDefinition(place, rows);
    LiveTable table = LiveTable.of(connection, name);
    if (!wanted.isMetBy(table) || !fences.exist()) {
      begin(
          () -> {
            lock("pg_advisory_xact_lock", "stowage schema " + TableName.quoted(name.schema()));
            fences.make();
            if (LiveTable.of(connection, name) == null) {
              fences.forget();
            }
            wanted.make(connection);
          });
      connection.commit();
      table = LiveTable.of(connection, name);
    }
    connection.rollback();
    return Objects.requireNonNull(table, "the table was made");
  }

  private void lockSlice() throws SQLException {
    String whole = "stowage table " + name.sql();
    if (slice.isWhole()) {
      lock("pg_advisory_xact_lock", whole);
    } else {
      lock("pg_advisory_xact_lock_shared", whole);
      lock("pg_advisory_xact_lock", "stowage slice " + name.sql() + " " + slice.id());
    }
  }

  private void lock(String function, String what) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT " + function + "(hashtextextended(?, 0))")) {
      statement.setString(1, what);
      statement.execute();
    }
  }

  /** Waits for locks for as long as the step may go on. */
  private void begin(Work work) throws SQLException {
    for (boolean told = false; ; told = true) {
      context.cancellation().throwIfRequested();
      connection.rollback();
      try (var statement = connection.createStatement()) {
        statement.execute(LOOK);
        work.run();
        statement.execute("SET LOCAL lock_timeout TO DEFAULT");
        return;
      } catch (SQLException e) {
        if (!PostgresErrors.lockIsTaken(e)) {
          throw e;
        }
        if (!told) {
          context.log().log(Level.INFO, "waits for another run to be done with table {0}", name);
        }
      }
    }
  }

  /** A column, and what it is filled with: a component of the record, or the partition. */
  private record Filled(
      String name, ColumnType type, RowColumns.@Nullable Field field, @Nullable SlicePart part) {}

  private void copy(LiveTable table, RowCount values) throws SQLException {
    List<Filled> columns = columns(table);
    String names =
        columns.stream()
            .map(column -> TableName.quoted(column.name))
            .collect(Collectors.joining(", "));
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + name.sql() + " (" + names + ") FROM STDIN (FORMAT binary)");
    try {
      var out = new CopyBuffer(copy);
      while (values.hasNext()) {
        Object row = values.next();
        out.row(columns.size());
        for (Filled column : columns) {
          write(out, column, row, values.count());
        }
      }
      out.finish();
      copy.endCopy();
    } catch (Throwable e) {
      giveUp(copy, e);
      throw e;
    }
  }

  private static void giveUp(CopyIn copy, Throwable reason) {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private List<Filled> columns(LiveTable table) {
    var columns = new ArrayList<Filled>();
    List<@Nullable String> bound = rows.columnsIn(table);
    for (int i = 0; i < bound.size(); i++) {
      String column = Objects.requireNonNull(bound.get(i), "the table has the column");
      columns.add(
          new Filled(column, type(table, column), rows.fields().get(i), slice.part(column, table)));
    }
    slice.parts().stream()
        .map(Slice.Part::column)
        .filter(column -> !bound.contains(column))
        .map(column -> new Filled(column, type(table, column), null, slice.part(column, table)))
        .forEach(columns::add);
    return columns;
  }

  private static ColumnType type(LiveTable table, String column) {
    var live = Objects.requireNonNull(table.columns().get(column));
    return Objects.requireNonNull(live.type());
  }

  private void write(CopyBuffer out, Filled column, @Nullable Object row, long number) {
    try {
      Object value = value(column, row);
      if (value == null) {
        out.nothing();
      } else {
        column.type.write(out, value);
      }
    } catch (IllegalArgumentException | StowageException | ClassCastException e) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "record %d cannot be stored in table %s, column '%s': %s"
              .formatted(number, name, column.name, e.getMessage()),
          e);
    }
  }

  private @Nullable Object value(Filled column, @Nullable Object row) {
    if (row == null || !rows.shape().type().isInstance(row)) {
      throw new IllegalArgumentException(
          row == null
              ? "the record is null"
              : "it is a " + row.getClass().getName() + ", not a " + rows.shape().type().getName());
    }
    SlicePart part = column.part;
    if (column.field == null) {
      return Objects.requireNonNull(part).filling();
    }
    Object value = column.field.stored(row);
    if (part != null && (value == null || !part.admits(value))) {
      throw new IllegalArgumentException(
          "it is '%s', but the partition is %s".formatted(value, part));
    }
    return value;
  }
}
