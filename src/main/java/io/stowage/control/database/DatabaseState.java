package io.stowage.control.database;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the database does, for metrics and whoever looks for what is wrong. */
public final class DatabaseState {
  /** The oldest PostgreSQL that knows all that is said to it. */
  public static final int OLDEST = 15;

  // also a prepared one, which no connection stands for; of others' transactions a role sees the
  // age only with pg_monitor
  private static final String OLDEST_TRANSACTION =
      """
      SELECT coalesce(extract(epoch FROM clock_timestamp() - least(
        (SELECT min(xact_start) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),
        (SELECT min(prepared) FROM pg_prepared_xacts))), 0)::float8 AS seconds""";
  private static final String DEAD =
      """
      SELECT q.name, (SELECT count(*) FROM (
        SELECT 1 FROM stowage.unsuccessful u
        WHERE u.queue_id = q.id AND u.outcome = 3 AND u.redriven_by IS NULL LIMIT 10000) n) AS count
      FROM stowage.queue q""";
  private static final String BACKFILLS =
      """
      SELECT s.name, count(b.id) AS count FROM (VALUES ('running'), ('paused'), ('canceled')) s (name)
      LEFT JOIN stowage.backfill b ON b.state = s.name AND b.finished_at IS NULL GROUP BY s.name""";
  private static final String FACTS =
      """
      SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
        pg_is_in_recovery() AS standby, clock_timestamp() AS now,
        (SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit') AS synchronous_commit,
        current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
        current_setting('autovacuum') AS autovacuum, current_setting('max_connections')::int AS max_connections,
        (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int AS connections,
        to_regclass('stowage.flyway_schema_history') IS NOT NULL AS migrated""";
  private static final String MIGRATIONS =
      "SELECT version, success FROM stowage.flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank";

  private final Database database;

  public DatabaseState(Database database) {
    this.database = database;
  }

  /**
   * What a server says of itself.
   *
   * @param number of the version: 180000 is 18.0
   * @param standby whether nothing can be written there
   * @param now by its clock
   * @param synchronousCommit as this server's sessions begin with: {@code on}, {@code off}, …
   * @param migrated whether the schema was ever made
   */
  public record Facts(
      String version,
      int number,
      boolean standby,
      Instant now,
      String synchronousCommit,
      String fsync,
      String fullPageWrites,
      String autovacuum,
      int maxConnections,
      int connections,
      boolean migrated) {

    /** Whether it is of a version in which something does not work. */
    public boolean tooOld() {
      return number < OLDEST * 10_000;
    }

    static Facts of(Row row) {
      return new Facts(
          row.getString("version"),
          row.getInteger("number"),
          row.getBoolean("standby"),
          row.getOffsetDateTime("now").toInstant(),
          row.getString("synchronous_commit"),
          row.getString("fsync"),
          row.getString("full_page_writes"),
          row.getString("autovacuum"),
          row.getInteger("max_connections"),
          row.getInteger("connections"),
          row.getBoolean("migrated"));
    }
  }

  public Facts facts() {
    return Facts.of(database.first(FACTS).orElseThrow());
  }

  /** Versions of the migrations that were made, in their order; a failed one ends in {@code !}. */
  public List<String> migrations() {
    return database.query(MIGRATIONS).stream()
        .map(row -> row.getString("version") + (row.getBoolean("success") ? "" : "!"))
        .toList();
  }

  /** Age of the oldest transaction that is open; zero where none is. */
  public Duration oldestTransaction() {
    double seconds = database.first(OLDEST_TRANSACTION).orElseThrow().getDouble("seconds");
    return Duration.ofMillis(Math.max(0, (long) (seconds * 1e3)));
  }

  /** Dead runs that nobody redrove by queue, counted up to 10,000. */
  public Map<String, Long> dead() {
    return counts(DEAD);
  }

  /** Backfills that have not ended, by state; a canceled one may have live runs yet. */
  public Map<String, Long> backfills() {
    return counts(BACKFILLS);
  }

  private Map<String, Long> counts(String statement) {
    var counts = new TreeMap<String, Long>();
    database
        .query(statement)
        .forEach(row -> counts.put(row.getString("name"), row.getLong("count")));
    return counts;
  }
}
