package io.stowage.control.queue;

import io.stowage.control.database.Database;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/** Revokes leases, many in one statement: which ones, and what becomes of their runs. */
final class ReaperSql {
  private static final String LIVING =
      """
      SELECT (SELECT run_id FROM stowage.live ORDER BY run_id LIMIT 1) AS least,
        (SELECT run_id FROM stowage.live ORDER BY run_id DESC LIMIT 1) AS greatest""";
  private static final String COLUMNS =
      """
      l.run_id, l.lease_id, l.queue_id, l.epoch, l.fence, l.session_id, l.claimed_at, l.state, l.attempt, l.losses, l.max_losses,
        l.last_event, l.concurrency_keys""";

  /**
   * What has to be given for each lease: how it ends, what is said of it, and whether it counts.
   *
   * <p>{@code $1} and {@code $2} are the least and the greatest of the runs that live, so that only
   * the weeks of history that those lie in are opened. One that is younger is left as it is, for
   * the next time. A queue's budget of retries is drawn on as by a failure: many workers are lost
   * at once where anything is.
   */
  private static final String REVOKE =
      """
      judged AS MATERIALIZED (
        SELECT p.*, losses + loss AS lost, CASE WHEN state = 4 THEN 4 WHEN loss = 0 THEN 0 WHEN losses + loss >= max_losses THEN 3 ELSE 0 END::smallint AS finish,
          CASE WHEN state = 4 THEN jsonb_build_object('code', 'canceled', 'message', why)
            WHEN losses + loss >= max_losses THEN jsonb_build_object('code', 'crash_loop', 'message', 'lost too often: ' || why) END AS error
        FROM picked p WHERE run_id BETWEEN $1 AND $2),
      """
          + EndSql.paced("judged WHERE finish = 0 AND loss > 0")
          + """
      ,
      retried AS MATERIALIZED (
        SELECT j.run_id, greatest(clock_timestamp() + j.loss * random() * interval '2 s',
          p.since + p.pause * (row_number() OVER (PARTITION BY j.queue_id, j.loss ORDER BY j.run_id) - 1)) AS visible_at
        FROM judged j LEFT JOIN paced p ON p.id = j.queue_id AND j.loss > 0 WHERE j.finish = 0),
      attempted AS (
        INSERT INTO stowage.attempt (lease_id, run_id, epoch, fence, session_id, claimed_at, outcome)
        SELECT lease_id, run_id, epoch, fence, session_id, claimed_at, ended FROM judged),
      gone AS (DELETE FROM stowage.live l USING judged j WHERE l.run_id = j.run_id AND j.finish > 0),
      finished AS (
        UPDATE stowage.run r SET outcome = j.finish, started_at = j.claimed_at, finished_at = clock_timestamp(),
          attempts = j.attempt, losses = j.lost, error = j.error
        FROM judged j WHERE r.id = j.run_id AND r.id BETWEEN $1 AND $2 AND j.finish > 0),
      regretted AS (
        INSERT INTO stowage.unsuccessful (run_id, queue_id, outcome, reason)
        SELECT run_id, queue_id, finish, error ->> 'code' FROM judged WHERE finish > 0),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT run_id, last_event + 1, clock_timestamp(), CASE finish WHEN 4 THEN 'canceled' WHEN 3 THEN 'dead'
            ELSE CASE loss WHEN 0 THEN 'released' ELSE 'lost' END END,
          CASE WHEN finish > 0 THEN '' WHEN loss = 0 THEN why ELSE why || '; tried again' END, coalesce(error, '{}') FROM judged),
      again AS (
        UPDATE stowage.live l SET state = 0, losses = j.lost, visible_at = z.visible_at,
          lease_id = NULL, session_id = NULL, fence = NULL, claimed_at = NULL, deadline_at = NULL, last_event = l.last_event + 1
        FROM judged j JOIN retried z ON z.run_id = j.run_id WHERE l.run_id = j.run_id AND j.finish = 0)
      SELECT finish, loss, ended, concurrency_keys, worker FROM judged""";

  /** Sessions that were not heard of for their TTL, and all that they hold. */
  static final String LOST =
      """
      WITH silent AS MATERIALIZED (
        UPDATE stowage.session s SET state = 3
        FROM (SELECT id FROM stowage.session WHERE state < 3 AND last_seen_at + ttl < clock_timestamp() FOR UPDATE SKIP LOCKED) d
        WHERE s.id = d.id RETURNING s.id, s.worker),
      picked AS MATERIALIZED (SELECT
      """
          + COLUMNS
          + """
      , s.worker, 3::smallint AS ended, 1 AS loss, format('its worker ''%s'' was lost', s.worker) AS why
        FROM stowage.live l JOIN silent s ON s.id = l.session_id WHERE l.state >= 3 FOR UPDATE OF l),
      """
          + REVOKE;

  /** Attempts beyond their deadline, or that of the cancel. */
  static final String LATE =
      "WITH picked AS MATERIALIZED (SELECT "
          + COLUMNS
          + """
      , NULL AS worker, 6::smallint AS ended, 1 AS loss, CASE l.state WHEN 4 THEN 'its worker did not end it in time' ELSE 'its deadline passed' END AS why
        FROM stowage.live l WHERE l.state >= 3 AND l.deadline_at < clock_timestamp() LIMIT 1000 FOR UPDATE SKIP LOCKED),
      """
          + REVOKE;

  /**
   * What a session got in the moment in which it ended; of one that was closed nobody lost
   * anything.
   */
  static final String ORPHANS =
      "WITH picked AS MATERIALIZED (SELECT "
          + COLUMNS
          + """
      , NULL AS worker, CASE s.state WHEN 4 THEN 5 ELSE 3 END::smallint AS ended, CASE s.state WHEN 4 THEN 0 ELSE 1 END AS loss,
          'its worker''s session has ended' AS why
        FROM stowage.live l JOIN stowage.session s ON s.id = l.session_id
        WHERE l.state >= 3 AND s.state >= 3 LIMIT 1000 FOR UPDATE OF l SKIP LOCKED),
      """
          + REVOKE;

  private ReaperSql() {}

  /**
   * @param statement one of these
   * @return a row for each lease that was revoked
   */
  static List<Row> revoke(Database.Sql sql, String statement) {
    Row living = sql.first(LIVING).orElseThrow();
    return sql.query(statement, living.getUUID("least"), living.getUUID("greatest"));
  }
}
