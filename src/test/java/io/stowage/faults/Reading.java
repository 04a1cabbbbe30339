package io.stowage.faults;

import io.stowage.faults.Evidence.Attempt;
import io.stowage.faults.Evidence.Event;
import io.stowage.faults.Evidence.Live;
import io.stowage.faults.Evidence.Pointer;
import io.stowage.faults.Evidence.Run;
import io.stowage.faults.Evidence.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the evidence: the one place that knows the tables. */
final class Reading {
  private static final List<String> RUN_OUTCOMES =
      List.of("live", "succeeded", "failed", "dead", "canceled", "expired");
  private static final List<String> LEASE_OUTCOMES =
      List.of("", "succeeded", "failed", "lost", "canceled", "released", "timed out");
  static final String CLIENT_KEY = "client-key";

  private final Database database;
  private final Store store;

  Reading(Database database, Store store) {
    this.database = database;
    this.store = store;
  }

  Evidence read(boolean settled, List<Operation> history) {
    return new Evidence(
        settled,
        history,
        database.query(
            "SELECT id, outcome, CASE WHEN retry_of IS NULL THEN spec -> 'tags' ->> '"
                + CLIENT_KEY
                + "' END FROM stowage.run",
            row -> new Run(row.getString(1), outcome(row), row.getString(3))),
        database.query(
            "SELECT run_id, lease_id, claimed_at FROM stowage.live",
            row -> new Live(row.getString(1), row.getString(2), instant(row, 3))),
        database.query(
            "SELECT lease_id, run_id, epoch, fence, outcome, claimed_at, ended_at FROM stowage.attempt",
            Reading::attempt),
        database.query(
            """
            SELECT commit_id, run_id, lease_id, fence, step, output, asset, partition_key,
              CASE WHEN removed_at IS NULL THEN location END, checksum, bytes, committed_at
            FROM stowage.materialization""",
            Reading::stored),
        pointers(),
        database.query(
            "SELECT run_id, n, type, coalesce(step, ''), message FROM stowage.event",
            row ->
                new Event(
                    row.getString(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5))),
        units(),
        store.objects(),
        store.openUploads());
  }

  List<Pointer> pointers() {
    return database.query(
        "SELECT asset, partition_key, fence FROM stowage.asset_partition",
        row -> new Pointer(row.getString(1), row.getString(2), row.getLong(3)));
  }

  private Map<String, Integer> units() {
    var units = new HashMap<String, Integer>();
    database.query(
        "SELECT key, in_use FROM stowage.concurrency",
        row -> units.put(row.getString(1), row.getInt(2)));
    return units;
  }

  private static @Nullable String outcome(ResultSet row) throws SQLException {
    int outcome = row.getInt(2);
    return row.wasNull() ? null : RUN_OUTCOMES.get(outcome);
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getLong(4),
        LEASE_OUTCOMES.get(row.getInt(5)),
        row.getTimestamp(6).toInstant(),
        row.getTimestamp(7).toInstant());
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getLong(11),
        row.getTimestamp(12).toInstant());
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
