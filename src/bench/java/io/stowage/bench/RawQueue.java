package io.stowage.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.UUID;

/**
 * The three statements of a queue by plain SQL, in a schema of its own in the same database, and
 * what the database says of itself. The tables have the indexes, checks and settings that such a
 * queue needs to tell who holds what; what is asked for is sent for each run, and read with the
 * claim, as a submitter and a worker have to. No events are written, no sessions are checked, and
 * no request is looked at.
 */
final class RawQueue implements AutoCloseable {
  private static final String CREATE =
      """
      DROP SCHEMA IF EXISTS stowage_bench CASCADE; CREATE SCHEMA stowage_bench;
      CREATE SEQUENCE stowage_bench.fence AS bigint;
      CREATE TABLE stowage_bench.run (
        id uuid NOT NULL PRIMARY KEY, queue_id smallint NOT NULL, spec jsonb NOT NULL CHECK (pg_column_size(spec) < 262144),
        priority smallint NOT NULL DEFAULT 5, submitted_by text NOT NULL, submitted_at timestamptz NOT NULL DEFAULT now(),
        backfill_id uuid, outcome smallint, attempts smallint NOT NULL DEFAULT 0, losses smallint NOT NULL DEFAULT 0,
        finished_at timestamptz, result jsonb, error jsonb) PARTITION BY RANGE (id);
      CREATE TABLE stowage_bench.run_p0 PARTITION OF stowage_bench.run DEFAULT WITH (fillfactor = 80);
      CREATE INDEX ON stowage_bench.run USING brin (submitted_at);
      CREATE INDEX ON stowage_bench.run (backfill_id) WHERE backfill_id IS NOT NULL;
      CREATE TABLE stowage_bench.live (
        run_id uuid PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, queue_id smallint NOT NULL,
        state smallint NOT NULL CHECK (state BETWEEN 0 AND 4), priority smallint NOT NULL DEFAULT 5 CHECK (priority BETWEEN 0 AND 9),
        attempt smallint NOT NULL DEFAULT 0, losses smallint NOT NULL DEFAULT 0, max_attempts smallint NOT NULL DEFAULT 4,
        epoch int NOT NULL DEFAULT 0, timeout_ms int, visible_at timestamptz, concurrency_key text, dedup_key text,
        lease_id uuid, session_id bigint, fence bigint, claimed_at timestamptz, deadline_at timestamptz,
        CHECK ((state >= 3) = (lease_id IS NOT NULL)))
        WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
          autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);
      CREATE INDEX ON stowage_bench.live (queue_id, priority, seq) WHERE state = 2;
      CREATE INDEX ON stowage_bench.live (visible_at) WHERE state = 0;
      CREATE INDEX ON stowage_bench.live (concurrency_key, priority, seq) WHERE state = 1;
      CREATE INDEX ON stowage_bench.live (session_id) WHERE state >= 3;
      CREATE INDEX ON stowage_bench.live (deadline_at) WHERE state >= 3 AND deadline_at IS NOT NULL;
      CREATE UNIQUE INDEX ON stowage_bench.live (dedup_key) WHERE dedup_key IS NOT NULL;
      CREATE TABLE stowage_bench.attempt (
        lease_id uuid PRIMARY KEY, run_id uuid NOT NULL, epoch int NOT NULL, fence bigint NOT NULL, session_id bigint NOT NULL,
        claimed_at timestamptz NOT NULL, ended_at timestamptz NOT NULL DEFAULT clock_timestamp(), outcome smallint NOT NULL,
        error jsonb, UNIQUE (run_id, epoch))""";
  private static final String SUBMIT =
      """
      WITH s AS (SELECT uuidv7() AS id, spec::jsonb AS spec FROM unnest(?::text[]) AS asked (spec)),
        r AS (INSERT INTO stowage_bench.run (id, queue_id, spec, submitted_by) SELECT id, 1, spec, 'me' FROM s RETURNING id)
      INSERT INTO stowage_bench.live (run_id, queue_id, state) SELECT id, 1, 2 FROM r""";
  private static final String CLAIM =
      """
      WITH c AS MATERIALIZED (
          SELECT run_id FROM stowage_bench.live WHERE queue_id = 1 AND state = 2 ORDER BY priority, seq LIMIT ?
          FOR NO KEY UPDATE SKIP LOCKED),
        u AS (
          UPDATE stowage_bench.live l SET state = 3, epoch = l.epoch + 1, lease_id = gen_random_uuid(),
            fence = nextval('stowage_bench.fence'), session_id = 1, claimed_at = clock_timestamp(),
            deadline_at = clock_timestamp() + make_interval(secs => l.timeout_ms / 1000.0)
          FROM c WHERE l.run_id = c.run_id RETURNING l.run_id, l.lease_id)
      SELECT u.run_id, u.lease_id, r.spec FROM u JOIN stowage_bench.run r ON r.id = u.run_id""";
  private static final String COMPLETE =
      """
      WITH inp AS (
          SELECT run_id, lease_id, 1::smallint AS outcome, '{"ok":true}'::jsonb AS result
          FROM unnest(?::uuid[], ?::uuid[]) AS i (run_id, lease_id)),
        gone AS (
          DELETE FROM stowage_bench.live l USING inp i WHERE l.run_id = i.run_id AND l.lease_id = i.lease_id AND l.state >= 3
          RETURNING l.run_id, l.lease_id, l.epoch, l.fence, l.session_id, l.claimed_at, l.attempt, l.losses, i.outcome, i.result),
        fin AS (
          UPDATE stowage_bench.run r SET outcome = g.outcome, finished_at = clock_timestamp(), attempts = g.attempt,
            losses = g.losses, result = g.result FROM gone g WHERE r.id = g.run_id RETURNING r.id),
        att AS (
          INSERT INTO stowage_bench.attempt (lease_id, run_id, epoch, fence, session_id, claimed_at, outcome)
          SELECT lease_id, run_id, epoch, fence, session_id, claimed_at, outcome FROM gone RETURNING 1)
      SELECT count(*) FILTER (WHERE g.run_id IS NOT NULL) AS applied FROM inp i LEFT JOIN gone g USING (run_id)""";
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
    execute(CREATE);
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
    try (var submit = sql.prepareStatement(SUBMIT)) {
      submit.setArray(1, sql.createArrayOf("text", Collections.nCopies(batch, SPEC).toArray()));
      submit.execute();
    }
    var runs = new ArrayList<UUID>();
    var leases = new ArrayList<UUID>();
    try (var claim = sql.prepareStatement(CLAIM)) {
      claim.setInt(1, batch);
      try (var rows = claim.executeQuery()) {
        while (rows.next()) {
          runs.add(rows.getObject(1, UUID.class));
          leases.add(rows.getObject(2, UUID.class));
        }
      }
    }
    try (var complete = sql.prepareStatement(COMPLETE)) {
      complete.setArray(1, sql.createArrayOf("uuid", runs.toArray()));
      complete.setArray(2, sql.createArrayOf("uuid", leases.toArray()));
      try (var rows = complete.executeQuery()) {
        rows.next();
        if (rows.getInt(1) != runs.size()) {
          throw new IllegalStateException(rows.getInt(1) + " ends of " + runs.size());
        }
      }
    }
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
