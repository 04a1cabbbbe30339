package io.stowage.io.table;

import io.stowage.api.AssetKey;
import io.stowage.api.Cancellation;
import io.stowage.api.Materialization;
import io.stowage.api.StoredObject;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Removes the rows of an op's run. What a materialization is of is known to the fences, which say
 * at once that it is gone; the rows go with the last one of the run.
 */
final class OpRows {
  private static final Cancellation NEVER = () -> false;

  private final PostgresDatabase database;

  OpRows(PostgresDatabase database) {
    this.database = database;
  }

  /** Where an op's output lies in this database; empty for anything else. */
  Optional<TableName> table(Materialization materialization) {
    StoredObject object = materialization.object();
    if (object == null || !materialization.asset().isOfRun()) {
      return Optional.empty();
    }
    String table = TablePlace.table(materialization.asset());
    return database.schema(object.location(), table).map(schema -> new TableName(schema, table));
  }

  boolean remove(Materialization materialization) {
    TableName name = table(materialization).orElseThrow();
    try (var held = database.connect(NEVER)) {
      Connection connection = held.connection();
      boolean removed = remove(connection, name, materialization);
      connection.commit();
      return removed;
    } catch (SQLException e) {
      throw PostgresErrors.of(
          "cannot remove what run '%s' has stored in table %s"
              .formatted(TablePlace.run(materialization.asset()), name),
          e,
          NEVER);
    }
  }

  private static boolean remove(Connection connection, TableName name, Materialization of)
      throws SQLException {
    LiveTable table = LiveTable.of(connection, name);
    if (table == null || !table.columns().containsKey(TablePlace.RUN_COLUMN)) {
      return false; // dropped by hand, or another's
    }
    AssetKey asset = of.asset();
    var fences = new SliceFences(connection, name, TablePlace.owner(asset));
    if (!fences.exist() || !fences.forget(TablePlace.id(asset, of.partition()))) {
      return false;
    }
    if (!fences.anyOf(TablePlace.run(asset))) {
      try (var delete =
          connection.prepareStatement(
              "DELETE FROM "
                  + name.sql()
                  + " WHERE "
                  + TableName.quoted(TablePlace.RUN_COLUMN)
                  + " = ?")) {
        delete.setString(1, TablePlace.run(asset));
        delete.executeUpdate();
      }
    }
    return true;
  }
}
