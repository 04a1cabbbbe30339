package io.stowage.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The three statements of a queue by plain SQL, in a schema of its own in the same database, and
 * what the database says of itself.
 */
final class RawQueue implements AutoCloseable {
  private static final String SPEC = "{\"note\": \"" + "x".repeat(280) + "\"}";
  private final Connection sql;

  RawQueue() throws SQLException {
    var environment = System.getenv();
    sql =
        DriverManager.getConnection(
            environment.getOrDefault("QUARKUS_DATASOURCE_JDBC_URL", ""),
            environment.get("QUARKUS_DATASOURCE_USERNAME"),
            environment.get("QUARKUS_DATASOURCE_PASSWORD"));
  }

  void create() throws SQLException {
    execute(
        """
        DROP SCHEMA IF EXISTS stowage_bench CASCADE; CREATE SCHEMA stowage_bench;
        CREATE TABLE stowage_bench.run (id uuid PRIMARY KEY, spec jsonb NOT NULL, outcome smallint, finished_at timestamptz);
        CREATE TABLE stowage_bench.live (run_id uuid PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, state smallint NOT NULL, lease_id uuid);
        CREATE INDEX ON stowage_bench.live (seq) WHERE state = 2;
        CREATE TABLE stowage_bench.attempt (lease_id uuid PRIMARY KEY, run_id uuid NOT NULL, outcome smallint NOT NULL)""");
  }

  void drop() throws SQLException {
    execute("DROP SCHEMA IF EXISTS stowage_bench CASCADE");
  }

  void execute(String statement) throws SQLException {
    try (var each = sql.createStatement()) {
      each.execute(statement);
    }
  }

  long number(String query) throws SQLException {
    try (var each = sql.createStatement();
        var rows = each.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Bytes of WAL so far. */
  long wal() throws SQLException {
    return number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
  }

  /** Transactions that wrote anything so far. */
  long commits() throws SQLException {
    return number("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
  }

  /** Submit, claim and complete of so many runs, each statement its own transaction. */
  void lifecycle(int batch) throws SQLException {
    try (var submit =
        sql.prepareStatement(
            """
            WITH r AS (INSERT INTO stowage_bench.run (id, spec) SELECT uuidv7(), ?::jsonb FROM generate_series(1, ?) RETURNING id)
            INSERT INTO stowage_bench.live (run_id, state) SELECT id, 2 FROM r""")) {
      submit.setString(1, SPEC);
      submit.setInt(2, batch);
      submit.execute();
    }
    UUID[] leases;
    try (var claim =
        sql.prepareStatement(
            """
            WITH c AS (SELECT run_id FROM stowage_bench.live WHERE state = 2 ORDER BY seq LIMIT ? FOR NO KEY UPDATE SKIP LOCKED),
              u AS (UPDATE stowage_bench.live l SET state = 3, lease_id = gen_random_uuid() FROM c WHERE l.run_id = c.run_id
                RETURNING l.run_id, l.lease_id)
            SELECT array_agg(u.lease_id), count(r.spec) FROM u JOIN stowage_bench.run r ON r.id = u.run_id""")) {
      claim.setInt(1, batch);
      try (var rows = claim.executeQuery()) {
        rows.next();
        var array = rows.getArray(1);
        leases = array == null ? new UUID[0] : (UUID[]) array.getArray();
      }
    }
    try (var complete =
        sql.prepareStatement(
            """
            WITH d AS (DELETE FROM stowage_bench.live WHERE lease_id = ANY (?) AND state = 3 RETURNING run_id, lease_id),
              a AS (INSERT INTO stowage_bench.attempt SELECT lease_id, run_id, 1 FROM d)
            UPDATE stowage_bench.run r SET outcome = 1, finished_at = clock_timestamp() FROM d WHERE r.id = d.run_id""")) {
      complete.setArray(1, sql.createArrayOf("uuid", leases));
      complete.execute();
    }
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
