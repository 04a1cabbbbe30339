package io.stowage.control.queue;

import io.stowage.control.database.Columns;
import io.stowage.control.database.Database.Sql;
import io.stowage.control.queue.Submissions.Entry;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Many submits in one statement. */
final class SubmitBatch {
  /**
   * Whether the queue takes it and the idempotency key is new; then the run, its live row and its
   * first event. One that was checked against a catalog is written only while that is the queue's
   * current one. One that has concurrency keys is blocked, until it has units of them. A dedup key
   * of a live run is seen before; where another submit brings it at the same time, its index
   * refuses the statement.
   *
   * <p>Each part is there only where an entry needs it: to begin and end a part takes as long as to
   * write some rows. The planner thinks of a handful of rows, and would join them by looking at
   * each pair; where {@code IS TRUE} is said of what is in a subquery, it is looked up in a hash
   * table. An insert that may find its row there already writes it in two steps, so new ids are not
   * asked about.
   */
  private static String statement(
      boolean derived, boolean keyed, boolean concurrent, boolean again) {
    return """
      WITH asked AS MATERIALIZED (
        SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::uuid[], $8::uuid[],
          $9::smallint[], $10::bigint[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
          $18::int[], $19::boolean[])
          WITH ORDINALITY AS a (id, queue_id, spec, policy, priority, submitted_by, backfill_id, retry_of,
            max_attempts, timeout_ms, not_before, expires_at, dedup_key, key, request_hash, kind, catalog, rank, repeated, place)),
      room AS MATERIALIZED (
        SELECT q.id, q.draining, q.catalog_hash, q.max_depth - CASE WHEN q.max_depth IS NULL THEN 0
          ELSE (SELECT count(*) FROM stowage.live l WHERE l.queue_id = q.id AND l.state < 3) END AS free
        FROM stowage.queue q WHERE q.id = ANY ($2::smallint[])),
      judged AS MATERIALIZED (
        SELECT a.*, r.draining, a.catalog IS NOT NULL AND a.catalog IS DISTINCT FROM r.catalog_hash AS outdated,
          coalesce(a.rank <= r.free, true) AS room, a.repeated OR (a.dedup_key IS NOT NULL
            AND EXISTS (SELECT 1 FROM stowage.live l WHERE l.dedup_key = a.dedup_key)) AS duplicate, c.keys, c.max,
          CASE WHEN a.not_before > clock_timestamp() THEN 0 WHEN c.keys IS NULL THEN 2 ELSE 1 END::smallint AS state
        FROM asked a JOIN room r ON r.id = a.queue_id CROSS JOIN
      """
        + (concurrent ? UNITS : NO_UNITS)
        + " c)"
        + (keyed ? REMEMBERED : "")
        + """
      ,
      kept AS (
        INSERT INTO stowage.run (id, queue_id, spec, policy, priority, submitted_by, backfill_id, retry_of)
        SELECT id, queue_id, spec::jsonb, policy::jsonb, priority, submitted_by, backfill_id, retry_of FROM judged
        WHERE room AND NOT draining AND NOT outdated AND NOT duplicate"""
        + (keyed ? " AND (key IS NULL OR id IN (SELECT run_id FROM remembered))" : "")
        + (derived ? " ON CONFLICT DO NOTHING" : "")
        + """

        RETURNING id),
      queued AS (
        INSERT INTO stowage.live (run_id, queue_id, state, priority, max_attempts, timeout_ms, visible_at, expires_at,
          concurrency_keys, concurrency_max, dedup_key, kind, last_event)
        SELECT id, queue_id, state, priority, max_attempts, timeout_ms, not_before, expires_at, keys, max, dedup_key, kind, 1
        FROM judged WHERE (id IN (SELECT id FROM kept)) IS TRUE ORDER BY place RETURNING run_id),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT id, 1, clock_timestamp(), 'submitted', 'submitted by ' || submitted_by, jsonb_strip_nulls(jsonb_build_object(
          'by', submitted_by, 'state', (ARRAY['scheduled', 'blocked', 'queued'])[state + 1], 'backfill', backfill_id, 'retry_of', retry_of))
        FROM judged WHERE (id IN (SELECT run_id FROM queued)) IS TRUE)"""
        + (again ? REPLACED : "")
        + """

      SELECT CASE WHEN (id IN (SELECT run_id FROM queued)) IS TRUE THEN state END AS state, room, draining, outdated, duplicate
      FROM judged ORDER BY place""";
  }

  private static final String UNITS =
      """
      LATERAL (
          SELECT array_agg(u ->> 'key' ORDER BY n) AS keys, array_agg((u ->> 'max')::int ORDER BY n) AS max
          FROM jsonb_array_elements(a.policy::jsonb -> 'concurrency') WITH ORDINALITY AS e (u, n))""";

  private static final String NO_UNITS = "(SELECT NULL::text[] AS keys, NULL::int[] AS max)";

  private static final String REMEMBERED =
      """
      ,
      remembered AS (
        INSERT INTO stowage.idempotency (principal, key, request_hash, run_id)
        SELECT submitted_by, key, request_hash, id FROM judged
        WHERE key IS NOT NULL AND room AND NOT draining AND NOT outdated AND NOT duplicate ORDER BY submitted_by, key
        ON CONFLICT DO NOTHING RETURNING run_id)""";

  /** The run that is done again is told so; this opens all weeks of history. */
  private static final String REPLACED =
      """
      ,
      replaced AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT o.id, 1 + (SELECT coalesce(max(e.n), 0) FROM stowage.event e WHERE e.run_id = o.id), clock_timestamp(), 'retried',
          'again as run ' || j.id || ' by ' || j.submitted_by, jsonb_build_object('run', j.id, 'by', j.submitted_by)
        FROM judged j JOIN stowage.run o ON o.id = j.retry_of WHERE j.id IN (SELECT run_id FROM queued) ON CONFLICT DO NOTHING)""";

  private SubmitBatch() {}

  /**
   * What became of an entry.
   *
   * @param state of the run, as it stands in {@code live}; null where nothing was written
   */
  record Result(
      @Nullable Short state, boolean room, boolean draining, boolean outdated, boolean duplicate) {
    private static Result of(Row row) {
      return new Result(
          row.getShort("state"),
          row.getBoolean("room"),
          row.getBoolean("draining"),
          row.getBoolean("outdated"),
          row.getBoolean("duplicate"));
    }
  }

  /** One result for each, in their order. */
  static List<Result> execute(Sql sql, List<Entry> entries) {
    var each = new Columns<>(entries);
    var ofQueue = new HashMap<Short, Integer>();
    var dedupKeys = new HashSet<String>();
    return sql
        .query(
            statement(
                entries.stream().anyMatch(entry -> entry.run().derived()),
                entries.stream().anyMatch(entry -> entry.key() != null),
                entries.stream().anyMatch(entry -> entry.run().isKeyed()),
                entries.stream().anyMatch(entry -> entry.run().spec().retryOf() != null)),
            each.uuids(entry -> entry.run().id()),
            each.shorts(entry -> entry.run().queue()),
            each.texts(entry -> Json.text(entry.run().spec())),
            each.texts(SubmitBatch::policy),
            each.shorts(entry -> entry.run().priority()),
            each.texts(entry -> entry.run().submittedBy()),
            each.uuids(entry -> entry.run().spec().backfill()),
            each.uuids(entry -> entry.run().spec().retryOf()),
            each.shorts(entry -> entry.run().maxAttempts()),
            each.longsOrNull(SubmitBatch::timeout),
            each.times(entry -> entry.run().notBefore()),
            each.times(entry -> entry.run().expires()),
            each.texts(entry -> entry.run().dedupKey()),
            each.texts(Entry::key),
            each.texts(Entry::hash),
            each.texts(entry -> entry.run().spec().kind()),
            each.texts(Entry::catalog),
            each.ints(entry -> ofQueue.merge(entry.run().queue(), 1, Integer::sum)),
            each.booleans(
                entry -> entry.run().dedupKey() != null && !dedupKeys.add(entry.run().dedupKey())))
        .stream()
        .map(Result::of)
        .toList();
  }

  private static @Nullable Long timeout(Entry entry) {
    var timeout = entry.run().timeout();
    return timeout == null ? null : timeout.toMillis();
  }

  /** What a run that takes this one's place is submitted with. */
  private static String policy(Entry entry) {
    return Json.text(
        Map.of(
            "max_attempts", entry.run().maxAttempts(), "concurrency", entry.run().concurrency()));
  }
}
