package io.stowage.control.queue;

import io.stowage.control.database.Columns;
import io.stowage.control.database.Database.Sql;
import io.stowage.control.queue.Submissions.Entry;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
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
   */
  private static final String WRITE =
      """
      WITH asked AS MATERIALIZED (
        SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::uuid[], $8::uuid[],
          $9::smallint[], $10::bigint[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[])
          WITH ORDINALITY AS a (id, queue_id, spec, policy, priority, submitted_by, backfill_id, retry_of,
            max_attempts, timeout_ms, not_before, expires_at, dedup_key, key, request_hash, kind, catalog, place)),
      room AS MATERIALIZED (
        SELECT q.id, q.draining, q.catalog_hash, q.max_depth - CASE WHEN q.max_depth IS NULL THEN 0
          ELSE (SELECT count(*) FROM stowage.live l WHERE l.queue_id = q.id AND l.state < 3) END AS free
        FROM stowage.queue q WHERE q.id = ANY ($2::smallint[])),
      judged AS MATERIALIZED (
        SELECT a.*, r.draining, a.catalog IS NOT NULL AND a.catalog IS DISTINCT FROM r.catalog_hash AS outdated,
          coalesce(row_number() OVER (PARTITION BY a.queue_id ORDER BY a.place) <= r.free, true) AS room,
          a.dedup_key IS NOT NULL AND (row_number() OVER (PARTITION BY a.dedup_key ORDER BY a.place) > 1
            OR EXISTS (SELECT 1 FROM stowage.live l WHERE l.dedup_key = a.dedup_key)) AS duplicate
        FROM asked a JOIN room r ON r.id = a.queue_id),
      remembered AS (
        INSERT INTO stowage.idempotency (principal, key, request_hash, run_id)
        SELECT submitted_by, key, request_hash, id FROM judged
        WHERE key IS NOT NULL AND room AND NOT draining AND NOT outdated AND NOT duplicate ORDER BY submitted_by, key
        ON CONFLICT DO NOTHING RETURNING run_id),
      kept AS (
        INSERT INTO stowage.run (id, queue_id, spec, policy, priority, submitted_by, backfill_id, retry_of)
        SELECT id, queue_id, spec::jsonb, policy::jsonb, priority, submitted_by, backfill_id, retry_of FROM judged j
        WHERE room AND NOT draining AND NOT outdated AND NOT duplicate AND (key IS NULL OR EXISTS (SELECT 1 FROM remembered m WHERE m.run_id = j.id))
        ON CONFLICT DO NOTHING RETURNING id, policy),
      queued AS (
        INSERT INTO stowage.live (run_id, queue_id, state, priority, max_attempts, timeout_ms, visible_at, expires_at,
          concurrency_keys, concurrency_max, dedup_key, kind, last_event)
        SELECT j.id, j.queue_id, CASE WHEN j.not_before > clock_timestamp() THEN 0 WHEN c.keys IS NULL THEN 2 ELSE 1 END,
          j.priority, j.max_attempts, j.timeout_ms, j.not_before, j.expires_at, c.keys, c.max, j.dedup_key, j.kind, 1
        FROM judged j JOIN kept k ON k.id = j.id CROSS JOIN LATERAL (
          SELECT array_agg(u ->> 'key' ORDER BY n) AS keys, array_agg((u ->> 'max')::int ORDER BY n) AS max
          FROM jsonb_array_elements(k.policy -> 'concurrency') WITH ORDINALITY AS e (u, n)) c
        ORDER BY j.place RETURNING run_id, state),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT j.id, 1, clock_timestamp(), 'submitted', 'submitted by ' || j.submitted_by, jsonb_strip_nulls(jsonb_build_object(
          'by', j.submitted_by, 'state', (ARRAY['scheduled', 'blocked', 'queued'])[q.state + 1], 'backfill', j.backfill_id, 'retry_of', j.retry_of))
        FROM judged j JOIN queued q ON q.run_id = j.id)""";

  /** The run that is done again is told so; apart, since it opens all weeks of history. */
  private static final String REPLACE =
      """
      ,
      replaced AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT o.id, 1 + (SELECT coalesce(max(e.n), 0) FROM stowage.event e WHERE e.run_id = o.id), clock_timestamp(), 'retried',
          'again as run ' || j.id || ' by ' || j.submitted_by, jsonb_build_object('run', j.id, 'by', j.submitted_by)
        FROM judged j JOIN queued q ON q.run_id = j.id JOIN stowage.run o ON o.id = j.retry_of ON CONFLICT DO NOTHING)""";

  private static final String ANSWER =
      """

      SELECT q.state, j.room, j.draining, j.outdated, j.duplicate FROM judged j LEFT JOIN queued q ON q.run_id = j.id ORDER BY j.place""";
  private static final String SUBMIT = WRITE + ANSWER;
  private static final String AGAIN = WRITE + REPLACE + ANSWER;

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
    boolean again = entries.stream().anyMatch(entry -> entry.run().spec().retryOf() != null);
    return sql
        .query(
            again ? AGAIN : SUBMIT,
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
            each.texts(Entry::catalog))
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
