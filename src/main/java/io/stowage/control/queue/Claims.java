package io.stowage.control.queue;

import io.stowage.control.queue.Sessions.Known;
import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.CommittedOutput;
import io.stowage.protocol.Json;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunSpec;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Hands runs to workers: each with a lease of its own, new at each claim. */
public final class Claims {
  /**
   * The session is locked against the reaper, which would else revoke its leases before this one is
   * there. A queue that is paused hands out nothing, and a session gets runs of its kinds alone.
   * Each queue is asked apart, so that each answer comes from the head of its index.
   */
  private static final String FIRST =
      """
      WITH s AS MATERIALIZED (
        SELECT id, kinds FROM stowage.session WHERE id = $1 AND state = 0 FOR SHARE),
      c AS MATERIALIZED (
        SELECT l.run_id FROM s CROSS JOIN stowage.queue q
        CROSS JOIN LATERAL (
          SELECT run_id, priority, seq FROM stowage.live
          WHERE queue_id = q.id AND state = 2 AND kind = ANY (s.kinds)
            AND (refused_by IS NULL OR NOT refused_by @> ARRAY[$4])
          ORDER BY priority, seq LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED) l
        WHERE q.id = ANY ($2) AND NOT q.paused ORDER BY l.priority, l.seq LIMIT $3),
      """;

  /** So that nothing starves: the oldest, whatever its priority. */
  private static final String OLDEST =
      """
      WITH s AS MATERIALIZED (
        SELECT id, kinds FROM stowage.session WHERE id = $1 AND state = 0 FOR SHARE),
      c AS MATERIALIZED (
        SELECT l.run_id FROM s CROSS JOIN stowage.queue q CROSS JOIN generate_series(0, 9) p
        CROSS JOIN LATERAL (
          SELECT run_id, seq FROM stowage.live
          WHERE queue_id = q.id AND state = 2 AND priority = p::smallint AND kind = ANY (s.kinds)
            AND (refused_by IS NULL OR NOT refused_by @> ARRAY[$4])
          ORDER BY seq LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED) l
        WHERE q.id = ANY ($2) AND NOT q.paused ORDER BY l.seq LIMIT $3),
      """;

  private static final String LEASE =
      """
      u AS (
        UPDATE stowage.live l SET state = 3, epoch = l.epoch + 1, lease_id = gen_random_uuid(),
          fence = nextval('stowage.fence'), session_id = $1, claimed_at = clock_timestamp(), unlisted = 0,
          deadline_at = clock_timestamp() + l.timeout_ms * interval '1 millisecond', last_event = l.last_event + 1
        FROM c WHERE l.run_id = c.run_id
        RETURNING l.run_id, l.lease_id, l.epoch, l.fence, l.attempt, l.timeout_ms, l.last_event, l.ready_at, l.priority, l.seq),
      e AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT u.run_id, u.last_event, clock_timestamp(), 'claimed', 'claimed by ' || w.worker,
          jsonb_build_object('worker', w.worker, 'epoch', u.epoch)
        FROM u, stowage.session w WHERE w.id = $1)
      SELECT u.*, r.spec::text AS spec, extract(epoch FROM clock_timestamp() - u.ready_at)::float8 AS waited
      FROM u JOIN stowage.run r ON r.id = u.run_id ORDER BY u.priority, u.seq""";
  private static final String FIRST_LEASED = FIRST + LEASE;
  private static final String OLDEST_LEASED = OLDEST + LEASE;
  private static final String COMMITTED =
      "SELECT "
          + Materializations.COLUMNS
          + " FROM stowage.materialization m WHERE m.run_id = $1 ORDER BY m.id";
  // What a run goes on from may have gone on from another.
  private static final String COMMITTED_BEFORE =
      """
      WITH RECURSIVE line (id, goes_on) AS (
        SELECT r.id, r.retry_of FROM stowage.run r WHERE r.id = $1
        UNION SELECT r.id, CASE WHEN r.spec -> 'options' ->> 'from-failure' = 'true' THEN r.retry_of END
          FROM stowage.run r JOIN line ON r.id = line.goes_on)
      """
          + "SELECT "
          + Materializations.COLUMNS
          + " FROM line JOIN stowage.materialization m ON m.run_id = line.id WHERE m.removed_at IS NULL ORDER BY m.id";
  private static final Duration FALLBACK = Duration.ofSeconds(1);
  private static final int OLDEST_EVERY = 8;

  private final Database database;
  private final Sessions sessions;
  private final Waiters waiters;
  private final QueueMetrics metrics;

  Claims(Database database, Sessions sessions, Waiters waiters, QueueMetrics metrics) {
    this.database = database;
    this.sessions = sessions;
    this.waiters = waiters;
    this.metrics = metrics;
  }

  /**
   * Claims up to so many runs; waits for the first where there is none. A newer claim of the same
   * session ends this one.
   *
   * @throws io.stowage.api.StowageException {@code SESSION_GONE} where the session was lost
   */
  public ClaimAnswer claim(long session, String secret, ClaimRequest request) {
    Known known = sessions.known(session, secret);
    long wait = Math.clamp(request.waitMillis(), 0, sessions.times().claimWait().toMillis());
    long end = System.nanoTime() + Duration.ofMillis(wait).toNanos();
    try (var waiter = waiters.enter(session, known.queues())) {
      while (waiter.arm()) {
        var leases = claim(session, known, request.max());
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!leases.isEmpty() || !left.isPositive()) {
          return new ClaimAnswer(leases);
        }
        // Runs also become ready by another server's hand: look again after a while, not all at the
        // same time.
        Duration fallback =
            FALLBACK.multipliedBy(ThreadLocalRandom.current().nextInt(80, 121)).dividedBy(100);
        if (!waiter.await(left.compareTo(fallback) < 0 ? left : fallback)) {
          break;
        }
      }
      return new ClaimAnswer(List.of());
    }
  }

  /** How many claims of the queue wait on this server. */
  int waiting(short queue) {
    return waiters.waiting(queue);
  }

  private List<Lease> claim(long session, Known known, int most) {
    String statement =
        known.batches().get() % OLDEST_EVERY == OLDEST_EVERY - 1 ? OLDEST_LEASED : FIRST_LEASED;
    var rows =
        database.query(
            statement,
            session,
            known.queues().toArray(Short[]::new),
            Math.clamp(most, 1, 100),
            known.catalog());
    if (rows.isEmpty()
        && database
            .first("SELECT 1 FROM stowage.session WHERE id = $1 AND state < 3", session)
            .isEmpty()) {
      throw Sessions.gone(session);
    }
    if (!rows.isEmpty()) {
      known.batches().incrementAndGet();
    }
    var leases = new ArrayList<Lease>();
    for (Row row : rows) {
      metrics.claimed(Duration.ofNanos((long) (row.getDouble("waited") * 1e9)));
      leases.add(lease(row));
    }
    return leases;
  }

  private Lease lease(Row row) {
    int epoch = row.getInteger("epoch");
    UUID run = row.getUUID("run_id");
    Long timeout = row.getLong("timeout_ms");
    RunSpec spec = Json.read(row.getString("spec"), RunSpec.class);
    return new Lease(
        row.getUUID("lease_id"),
        run,
        epoch,
        row.getLong("fence"),
        row.getShort("attempt") + 1,
        spec,
        epoch == 1 && !spec.fromFailure()
            ? List.of()
            : committed(spec.fromFailure() ? COMMITTED_BEFORE : COMMITTED, run),
        timeout == null ? null : Duration.ofMillis(timeout));
  }

  private List<CommittedOutput> committed(String statement, UUID run) {
    return database.query(statement, run).stream()
        .map(
            row ->
                new CommittedOutput(
                    row.getString("step"), row.getString("output"), Materializations.view(row)))
        .toList();
  }
}
