package io.stowage.io.table;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which slices an input is, and which of them are there: the ledger says what was committed, the
 * table's fences what was stored. Of an external asset, a partition without rows is not there.
 */
final class TableSlices {
  private final InputContext context;
  private final TablePlace place;
  private final URI location;

  TableSlices(InputContext context, TablePlace place, URI location) {
    this.context = context;
    this.place = place;
    this.location = location;
  }

  static String named(AssetKey asset, Slice slice) {
    return "'"
        + asset
        + "'"
        + (slice.partition().isEmpty() ? "" : " partition '" + slice.partition() + "'");
  }

  TableName name() {
    return place.name();
  }

  /**
   * Those that are there, in the order of the partitions.
   *
   * @throws StowageException {@code NOT_MATERIALIZED} for any other, unless the input goes without
   */
  List<Slice> present(Connection connection, @Nullable LiveTable table) throws SQLException {
    var committed = new HashMap<String, Materialization>();
    context.materializations().forEach(each -> committed.put(each.partition(), each));
    boolean external = committed.isEmpty() && context.upstreamOutput().ioManager().isEmpty();
    var stored =
        new SliceFences(connection, place).stored(place.slices().stream().map(Slice::id).toList());
    var present = new ArrayList<Slice>();
    for (Slice slice : place.slices()) {
      Materialization materialization = committed.get(slice.partition());
      if (table == null) {
        leaveOut(slice, "there is no table");
      } else if (external) {
        if (slice.isWhole()
            || stored.containsKey(slice.id())
            || hasRows(connection, table, slice)) {
          present.add(slice);
        } else {
          leaveOut(slice, "the table has no rows of it");
        }
      } else if (materialization == null) {
        leaveOut(slice, "it was never materialized");
      } else if (materialization.object() == null || stored.containsKey(slice.id())) {
        refuseAnother(slice, materialization, stored.get(slice.id()));
        present.add(slice); // without an object: the author stored the rows himself
      } else {
        leaveOut(slice, "it was materialized, but the table does not have it any more");
      }
    }
    return present;
  }

  /** Of the past only what is there still can be read. */
  private void refuseAnother(Slice slice, Materialization of, @Nullable String storedBy) {
    if (context.ofThePast() && storedBy != null && !storedBy.equals(of.runId())) {
      throw new StowageException(
          ErrorCode.NOT_MATERIALIZED,
          "cannot load %s as run %s stored it: table %s was overwritten by run %s, and a table keeps no history"
              .formatted(named(context.asset(), slice), of.runId(), place.name(), storedBy));
    }
  }

  private static boolean hasRows(Connection connection, LiveTable table, Slice slice)
      throws SQLException {
    String query = "SELECT 1 FROM " + table.name().sql() + slice.where(table) + " LIMIT 1";
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(query)) {
      return found.next();
    }
  }

  private void leaveOut(Slice slice, String reason) {
    String message =
        "cannot load %s from table %s at '%s': %s; materialize it first"
            .formatted(named(context.asset(), slice), place.name(), location, reason);
    if (!context.allowMissingPartitions() || !context.partitioned()) {
      throw new StowageException(ErrorCode.NOT_MATERIALIZED, message);
    }
    context.log().log(
        Level.WARNING, "input ''{0}'' goes without: {1}", context.inputName(), message);
  }
}
