package io.stowage.control.queue;

import java.util.ArrayList;
import java.util.List;

/**
 * Ends attempts, of many workers in one statement: parts of {@link WorkBatch}'s. The lease guards
 * each: what is held no more is left as it is. To begin and end a part takes as long as to write
 * some rows, so each is there only where it is needed.
 */
final class EndSql {
  /**
   * {@code verdict.finish} is the run's outcome, or 0 where it is tried again. Runs that hold units
   * of concurrency keys are left out unless {@code :keyed}: their units are handed on in the same
   * transaction. That {@code state} is said to be above 2, rather than 3 at least, keeps the
   * planner from the index of what a session holds, in which each run would be sought among all of
   * them.
   *
   * <p>{@code :least} and {@code :greatest} are those of the runs. They say nothing new, but by
   * them only the weeks of history that the runs lie in are opened: a year of them takes longer to
   * open than all the rest of the statement.
   */
  private static final String VERDICTS =
      """
      asked AS MATERIALIZED (
        SELECT * FROM unnest(:run::uuid[], :lease::uuid[], :session::bigint[], :outcome::smallint[], :retry::boolean[],
          :retry_after::bigint[], :result::text[], :error::text[])
          WITH ORDINALITY AS a (run_id, lease_id, session_id, outcome, retry, after_ms, result, error, place)),
      verdict AS MATERIALIZED (
        SELECT a.place, a.after_ms, a.result::jsonb AS result, a.error::jsonb AS error, l.run_id, l.lease_id, l.queue_id, l.epoch,
          l.fence, l.session_id, l.claimed_at, l.attempt + 1 AS attempts, l.losses, l.last_event, l.concurrency_keys,
          CASE WHEN l.state = 4 AND a.outcome <> 1 THEN 4
            WHEN a.outcome = 2 AND a.retry THEN CASE WHEN l.attempt + 1 < l.max_attempts THEN 0 ELSE 3 END
            ELSE a.outcome END::smallint AS finish
        FROM (SELECT * FROM asked ORDER BY run_id) a CROSS JOIN LATERAL (
          SELECT * FROM stowage.live l
          WHERE l.run_id = a.run_id AND l.lease_id = a.lease_id AND l.session_id = a.session_id AND l.state > 2
            AND (:keyed::boolean OR l.concurrency_keys IS NULL) FOR UPDATE) l),
      gone AS (DELETE FROM stowage.live l USING verdict v WHERE l.run_id = v.run_id AND v.finish > 0),
      finished AS (
        UPDATE stowage.run r SET outcome = v.finish, started_at = v.claimed_at, finished_at = clock_timestamp(),
          attempts = v.attempts, losses = v.losses, result = v.result, error = v.error
        FROM verdict v WHERE r.id = v.run_id AND r.id BETWEEN :least AND :greatest AND v.finish > 0),
      attempted AS (
        INSERT INTO stowage.attempt (lease_id, run_id, epoch, fence, session_id, claimed_at, outcome, error)
        SELECT lease_id, run_id, epoch, fence, session_id, claimed_at, CASE WHEN finish IN (1, 4) THEN finish ELSE 2 END, error FROM verdict)""";

  /**
   * Of what did not succeed: tried again after a random time up to 2 s, doubled with each attempt,
   * 5 minutes at the most, and at least what the failure asks for.
   */
  private static final String RETRIES =
      """
      retried AS MATERIALIZED (
        SELECT v.place, v.run_id, greatest(p.since + p.pause * (row_number() OVER (PARTITION BY v.queue_id ORDER BY v.place) - 1),
          clock_timestamp() + interval '1 millisecond' * (
            coalesce(v.after_ms, 0) + random() * CASE WHEN v.after_ms IS NULL
              THEN least(300000, 2000 * 2 ^ least(v.attempts - 1, 20)) ELSE 2000 END)) AS visible_at
        FROM verdict v LEFT JOIN paced p ON p.id = v.queue_id WHERE v.finish = 0),
      regretted AS (
        INSERT INTO stowage.unsuccessful (run_id, queue_id, outcome, reason)
        SELECT run_id, queue_id, finish, coalesce(error ->> 'code', 'unknown') FROM verdict WHERE finish > 1)""";

  private static final String EVENTS =
      """
      said AS MATERIALIZED (
        SELECT v.run_id, v.last_event + row_number() OVER (PARTITION BY v.run_id ORDER BY e.place) AS n, e.at, e.type, e.step,
          e.partition_key, e.message, e.data::jsonb AS data
        FROM unnest(:event_call::int[], :event_at::timestamptz[], :event_type::text[], :event_step::text[], :event_partition::text[],
          :event_message::text[], :event_data::text[]) WITH ORDINALITY AS e (call, at, type, step, partition_key, message, data, place)
        JOIN verdict v ON v.place = e.call)""";

  private static final String LAST =
      """
      last AS MATERIALIZED (
        SELECT v.*, 1 + greatest(v.last_event, %s) AS n, %s AS visible_at FROM verdict v%s),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, step, partition_key, message, data)
        %sSELECT run_id, n, clock_timestamp(), (ARRAY['retry_scheduled', 'succeeded', 'failed', 'dead', 'canceled'])[finish + 1], NULL, NULL,
          CASE WHEN finish = 0 THEN 'attempt ' || attempts || ' failed; tried again in '
            || round(extract(epoch FROM visible_at - clock_timestamp()), 1) || ' s' ELSE '' END,
          coalesce(CASE WHEN finish = 1 THEN result ELSE error END, '{}') FROM last)""";

  private static final String AGAIN =
      """
      again AS (
        UPDATE stowage.live l SET state = 0, attempt = z.attempts, visible_at = z.visible_at, last_event = z.n, lease_id = NULL,
          session_id = NULL, fence = NULL, claimed_at = NULL, deadline_at = NULL
        FROM last z WHERE l.run_id = z.run_id AND z.finish = 0)""";

  /** What became of each that was asked. */
  static final String ANSWERS =
      """
      SELECT 0 AS what, a.place, v.finish, v.concurrency_keys, NULL::uuid AS run_id, NULL::uuid AS lease_id,
        NULL::int AS epoch, NULL::bigint AS fence, NULL::smallint AS attempt, NULL::bigint AS timeout_ms, NULL::text AS spec,
        NULL::float8 AS waited, NULL::bigint AS session_id
      FROM asked a LEFT JOIN verdict v ON v.place = a.place""";

  private EndSql() {}

  /**
   * @param failures whether any attempt did not succeed
   * @param events whether any brings events
   */
  static List<String> parts(boolean failures, boolean events) {
    var parts = new ArrayList<String>();
    parts.add(VERDICTS);
    if (failures) {
      parts.add(paced("verdict WHERE finish = 0"));
      parts.add(RETRIES);
    }
    if (events) {
      parts.add(EVENTS);
    }
    parts.add(
        LAST.formatted(
            events ? "(SELECT max(s.n) FROM said s WHERE s.run_id = v.run_id)" : "v.last_event",
            failures ? "r.visible_at" : "NULL::timestamptz",
            failures ? " LEFT JOIN retried r ON r.place = v.place" : "",
            events
                ? "SELECT run_id, n, at, type, step, partition_key, message, data FROM said UNION ALL\n  "
                : ""));
    if (failures) {
      parts.add(AGAIN);
    }
    return parts;
  }

  /**
   * A queue that has a budget of retries gives away their times one after the other.
   *
   * @param retried the table, and the condition, of what draws on it
   */
  static String paced(String retried) {
    return """
        paced AS (
          UPDATE stowage.queue q SET retry_at = greatest(q.retry_at, clock_timestamp()) + r.n * (interval '1 minute' / q.retries_per_minute)
          FROM (SELECT queue_id, count(*) AS n FROM %s GROUP BY queue_id) r
          WHERE q.id = r.queue_id AND q.retries_per_minute IS NOT NULL
          RETURNING q.id, interval '1 minute' / q.retries_per_minute AS pause,
            q.retry_at - r.n * (interval '1 minute' / q.retries_per_minute) AS since)"""
        .formatted(retried);
  }
}
