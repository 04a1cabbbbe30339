package io.stowage.control.queue;

/**
 * Leases runs to many sessions: parts of {@link WorkBatch}'s statement. A queue that is paused
 * hands out nothing, and a session gets runs of its kinds alone. Each queue is asked apart, so that
 * each answer comes from the head of its index.
 *
 * <p>{@code :seats} names a session once for each run that it may get. A session that is lost at
 * the same moment may get a lease still; that is revoked by the reaper, which looks for them.
 */
final class ClaimSql {
  private static final String SEATS =
      """
      alive AS MATERIALIZED (
        SELECT s.id, s.state, s.worker FROM stowage.session s WHERE s.id = ANY (:seats::bigint[]) AND s.state < 3),
      seat AS MATERIALIZED (
        SELECT s.id AS session_id, s.worker, row_number() OVER (ORDER BY a.place) AS place
        FROM unnest(:seats::bigint[]) WITH ORDINALITY AS a (session_id, place) JOIN alive s ON s.id = a.session_id AND s.state = 0),
      """;

  /** By priority, then by age. */
  static final String FIRST =
      SEATS
          + """
      chosen AS MATERIALIZED (
        SELECT l.run_id, l.priority, l.seq FROM stowage.queue q
        CROSS JOIN LATERAL (
          SELECT run_id, priority, seq FROM stowage.live
          WHERE queue_id = q.id AND state = 2 AND kind = ANY (:kinds::text[]) AND (refused_by IS NULL OR NOT refused_by @> ARRAY[:catalog::text])
          ORDER BY priority, seq LIMIT (SELECT count(*) FROM seat) FOR NO KEY UPDATE SKIP LOCKED) l
        WHERE q.id = ANY (:queues::smallint[]) AND NOT q.paused ORDER BY l.priority, l.seq LIMIT (SELECT count(*) FROM seat))""";

  /** So that nothing starves: the oldest, whatever its priority. */
  static final String OLDEST =
      SEATS
          + """
      chosen AS MATERIALIZED (
        SELECT l.run_id, 0 AS priority, l.seq FROM stowage.queue q CROSS JOIN generate_series(0, 9) p
        CROSS JOIN LATERAL (
          SELECT run_id, seq FROM stowage.live
          WHERE queue_id = q.id AND state = 2 AND priority = p::smallint AND kind = ANY (:kinds::text[])
            AND (refused_by IS NULL OR NOT refused_by @> ARRAY[:catalog::text])
          ORDER BY seq LIMIT (SELECT count(*) FROM seat) FOR NO KEY UPDATE SKIP LOCKED) l
        WHERE q.id = ANY (:queues::smallint[]) AND NOT q.paused ORDER BY l.seq LIMIT (SELECT count(*) FROM seat))""";

  /** Those that somebody brought word of. */
  static final String NAMED =
      SEATS
          + """
      chosen AS MATERIALIZED (
        SELECT l.run_id, l.priority, l.seq FROM stowage.live l JOIN stowage.queue q ON q.id = l.queue_id
        WHERE l.run_id = ANY (:named::uuid[]) AND l.state = 2 AND l.kind = ANY (:kinds::text[])
          AND (l.refused_by IS NULL OR NOT l.refused_by @> ARRAY[:catalog::text]) AND q.id = ANY (:queues::smallint[]) AND NOT q.paused
        ORDER BY l.run_id LIMIT (SELECT count(*) FROM seat) FOR NO KEY UPDATE OF l SKIP LOCKED)""";

  static final String LEASE =
      """
      paired AS MATERIALIZED (
        SELECT c.run_id, s.session_id, s.worker, c.place
        FROM (SELECT run_id, row_number() OVER (ORDER BY priority, seq) AS place FROM chosen) c JOIN seat s ON s.place = c.place),
      leased AS (
        UPDATE stowage.live l SET state = 3, epoch = l.epoch + 1, lease_id = gen_random_uuid(),
          fence = nextval('stowage.fence'), session_id = p.session_id, claimed_at = clock_timestamp(), unlisted = 0,
          deadline_at = clock_timestamp() + l.timeout_ms * interval '1 millisecond', last_event = l.last_event + 1
        FROM paired p WHERE l.run_id = p.run_id
        RETURNING p.place, p.worker, l.run_id, l.lease_id, l.epoch, l.fence, l.attempt, l.timeout_ms, l.last_event, l.ready_at, l.session_id),
      announced AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT run_id, last_event, clock_timestamp(), 'claimed', 'claimed by ' || worker, jsonb_build_object('worker', worker, 'epoch', epoch)
        FROM leased)""";

  /** The leases, and the sessions that are there: what stands in no row of the latter is gone. */
  static final String ANSWERS =
      """
      SELECT 1 AS what, u.place, NULL::smallint AS finish, NULL::text[] AS concurrency_keys, u.run_id, u.lease_id, u.epoch, u.fence,
        u.attempt, u.timeout_ms, r.spec, extract(epoch FROM clock_timestamp() - u.ready_at)::float8 AS waited, u.session_id
      FROM leased u LEFT JOIN LATERAL (
        SELECT spec::text AS spec FROM stowage.run WHERE id = u.run_id AND id BETWEEN :since AND :until LIMIT 1) r ON true
      UNION ALL
      SELECT 2, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, id FROM alive""";

  private ClaimSql() {}
}
