package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.OutputContext;
import io.stowage.api.StowageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which run stored each slice last, in a table beside the data: a run whose fence is older is
 * refused, whatever it was late for.
 */
final class SliceFences {
  static final String TABLE = "stowage_slice";

  private final Connection connection;
  private final TableName name;
  private final String owner;

  SliceFences(Connection connection, TablePlace place) {
    this(connection, place.name(), place.owner());
  }

  SliceFences(Connection connection, TableName name, String owner) {
    this.connection = connection;
    this.name = name;
    this.owner = owner;
  }

  /** Whether there is a table of fences in the schema. */
  boolean exist() throws SQLException {
    return !texts("SELECT to_regclass(?)::text", name.fences()).isEmpty();
  }

  /** Makes schema and table where they are not there; the caller has the lock and commits. */
  void make() throws SQLException {
    try (var statement = connection.createStatement()) {
      // Asked first: IF NOT EXISTS wants the right to create even where there is nothing to do.
      if (texts("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = ?", name.schema())
          .isEmpty()) {
        statement.execute("CREATE SCHEMA " + TableName.quoted(name.schema()));
      }
      if (!exist()) {
        statement.execute(
            "CREATE TABLE "
                + name.fences()
                + """
                 ("table" text NOT NULL, partition text NOT NULL, asset text NOT NULL, fence bigint NOT NULL,
                run_id text NOT NULL, rows bigint NOT NULL, stored_at timestamptz NOT NULL,
                PRIMARY KEY ("table", partition))\
                """);
      }
    }
  }

  /** Of a table that was dropped by hand, and is made again. */
  void forget() throws SQLException {
    execute("DELETE FROM " + name.fences() + " WHERE \"table\" = ?", name.table());
  }

  /** Of one slice of the owner's; whether it was there. */
  boolean forget(String id) throws SQLException {
    return execute(
            "DELETE FROM " + name.fences() + " WHERE \"table\" = ? AND partition = ? AND asset = ?",
            name.table(),
            id,
            owner)
        > 0;
  }

  /** Whether an op's run has any slice. */
  boolean anyOf(String run) throws SQLException {
    return !texts(
            "SELECT partition FROM "
                + name.fences()
                + " WHERE \"table\" = ? AND (partition = ? OR starts_with(partition, ? || '/'))"
                + " LIMIT 1",
            name.table(),
            run,
            run)
        .isEmpty();
  }

  /** Those of the slices, by their ids, that are stored, with the run that did it. */
  Map<String, String> stored(List<String> ids) throws SQLException {
    var stored = new HashMap<String, String>();
    if (!exist()) {
      return stored;
    }
    try (var statement =
        connection.prepareStatement(
            "SELECT partition, run_id FROM "
                + name.fences()
                + " WHERE \"table\" = ? AND partition = ANY (?)")) {
      statement.setString(1, name.table());
      statement.setArray(2, connection.createArrayOf("text", ids.toArray()));
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          stored.put(found.getString(1), found.getString(2));
        }
      }
    }
    return stored;
  }

  /**
   * Under the slice's lock.
   *
   * @return the newest fence, this run's own included
   * @throws StowageException {@code SUPERSEDED} where a newer run stored the slice, or one that
   *     overlaps it; {@code CONFLICT} where the table is another asset's
   */
  long check(OutputContext context, Slice slice) throws SQLException {
    for (String present :
        texts(
            "SELECT asset FROM " + name.fences() + " WHERE \"table\" = ? LIMIT 1", name.table())) {
      if (!present.equals(owner)) {
        throw new StowageException(
            ErrorCode.CONFLICT,
            "table %s holds asset '%s', so asset '%s' needs another: give it a schema by its metadata, or drop the table if it is no longer that asset's"
                .formatted(name, present, owner));
      }
    }
    String overlapping = slice.isWhole() ? "" : " AND partition IN ('', ?)";
    var newest =
        texts(
            "SELECT max(fence)::text FROM " + name.fences() + " WHERE \"table\" = ?" + overlapping,
            slice.isWhole()
                ? new Object[] {name.table()}
                : new Object[] {name.table(), slice.id()});
    long recorded = newest.isEmpty() ? 0 : Long.parseLong(newest.getFirst());
    if (context.fence() != 0 && context.fence() < recorded) {
      throw new StowageException(
          ErrorCode.SUPERSEDED,
          "a newer run has stored "
              + (slice.isWhole() ? "" : "partition '" + slice.partition() + "' of ")
              + "table "
              + name
              + " already, with fence "
              + recorded
              + " above this run's "
              + context.fence());
    }
    return Math.max(recorded, context.fence());
  }

  void record(OutputContext context, Slice slice, long fence, long rows) throws SQLException {
    if (slice.isWhole()) {
      forget();
    }
    execute(
        "INSERT INTO "
            + name.fences()
            + """
             ("table", partition, asset, fence, run_id, rows, stored_at) VALUES (?, ?, ?, ?, ?, ?, now())
            ON CONFLICT ("table", partition) DO UPDATE SET asset = excluded.asset, fence = excluded.fence,
            run_id = excluded.run_id, rows = excluded.rows, stored_at = excluded.stored_at\
            """,
        name.table(),
        slice.id(),
        owner,
        fence,
        context.runId(),
        rows);
  }

  private int execute(String sql, Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** The first column, without nulls. */
  private List<String> texts(String sql, Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      var texts = new ArrayList<String>();
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          String text = found.getString(1);
          if (text != null) {
            texts.add(text);
          }
        }
      }
      return texts;
    }
  }
}
