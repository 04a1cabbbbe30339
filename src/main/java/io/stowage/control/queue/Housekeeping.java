package io.stowage.control.queue;

import io.stowage.control.queue.Database.Sql;
import io.vertx.mutiny.sqlclient.Row;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen without anybody asking: sessions that fell silent are lost and their runs
 * tried again, deadlines and expiry are kept, runs whose time has come are queued. Any server may
 * do it; row locks keep two from doing it twice.
 *
 * <p>The reaper doubts itself first. Where its own last good cycle is older than a session's TTL,
 * the database was away or this process stood still, and no worker could be heard: it then waits
 * one whole TTL before it takes anybody for lost.
 */
public final class Housekeeping {
  private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

  private static final String LOST =
      """
      UPDATE stowage.session s SET state = 3
      FROM (SELECT id FROM stowage.session WHERE state < 3 AND last_seen_at + ttl < clock_timestamp() FOR UPDATE SKIP LOCKED) d
      WHERE s.id = d.id RETURNING s.id, s.worker""";
  private static final String LEASES =
      """
      SELECT run_id, state, losses, max_losses, concurrency_key FROM stowage.live
      WHERE session_id = $1 AND state >= 3 FOR UPDATE""";
  private static final String LATE =
      """
      SELECT run_id, state, losses, max_losses, concurrency_key FROM stowage.live
      WHERE state >= 3 AND deadline_at < clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED""";
  private static final String AGAIN =
      """
      UPDATE stowage.live SET state = 0, losses = losses + 1, visible_at = clock_timestamp() + random() * interval '2 s',
        lease_id = NULL, session_id = NULL, fence = NULL, claimed_at = NULL, deadline_at = NULL, last_event = last_event + 1
      WHERE run_id = $1""";
  private static final String DUE =
      """
      UPDATE stowage.live l SET state = 2, ready_at = clock_timestamp(), visible_at = NULL
      FROM (SELECT run_id FROM stowage.live WHERE state = 0 AND concurrency_key IS NULL
            AND (visible_at IS NULL OR visible_at <= clock_timestamp()) LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED) d
      WHERE l.run_id = d.run_id RETURNING l.queue_id""";
  private static final String DUE_WITH_KEY =
      """
      SELECT run_id, queue_id, concurrency_key, concurrency_max FROM stowage.live
      WHERE state = 0 AND concurrency_key IS NOT NULL AND (visible_at IS NULL OR visible_at <= clock_timestamp())
      ORDER BY priority, seq LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED""";
  private static final String BECOME =
      "UPDATE stowage.live SET state = $2, ready_at = clock_timestamp(), visible_at = NULL WHERE run_id = $1";
  private static final String EXPIRED =
      """
      SELECT run_id, state, concurrency_key FROM stowage.live
      WHERE state < 3 AND expires_at < clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED""";
  private static final String FORGET =
      "DELETE FROM stowage.idempotency WHERE created_at < clock_timestamp() - interval '24 hours'";

  private final Database database;
  private final Waiters waiters;
  private final QueueMetrics metrics;
  private final Duration ttl;
  private final LongSupplier nanoTime;
  private long lastGood;
  private long patientUntil;
  private boolean began;

  /**
   * @param nanoTime monotonic, as {@code System::nanoTime}
   */
  Housekeeping(
      Database database,
      Waiters waiters,
      QueueMetrics metrics,
      Duration ttl,
      LongSupplier nanoTime) {
    this.database = database;
    this.waiters = waiters;
    this.metrics = metrics;
    this.ttl = ttl;
    this.nanoTime = nanoTime;
  }

  /** One cycle of the reaper. Not from two threads at once. */
  public void reap() {
    long now = nanoTime.getAsLong();
    if (!began || now - lastGood > ttl.toNanos()) {
      patientUntil = now + ttl.toNanos();
      if (began) {
        LOG.log(
            Level.WARNING,
            "the reaper''s last good cycle is {0} s old: it waits {1} s before it takes a worker for lost",
            Duration.ofNanos(now - lastGood).toSeconds(),
            ttl.toSeconds());
      }
    }
    if (now - patientUntil >= 0) {
      loseSilentSessions();
    }
    revokeLateLeases();
    expire();
    database.query(FORGET);
    lastGood = nanoTime.getAsLong();
    began = true;
  }

  private void loseSilentSessions() {
    var queues =
        database.transaction(
            sql -> {
              var woken = new ArrayList<Short>();
              for (Row session : sql.query(LOST)) {
                var leases = sql.query(LEASES, session.getLong("id"));
                LOG.log(
                    Level.WARNING,
                    "worker ''{0}'' fell silent: its session {1} is lost, {2} runs are tried elsewhere",
                    session.getString("worker"),
                    session.getLong("id"),
                    leases.size());
                metrics.lost(leases.size());
                leases.forEach(
                    lease ->
                        revoke(
                            sql,
                            lease,
                            RunEnds.LOST,
                            "its worker '" + session.getString("worker") + "' was lost",
                            woken));
              }
              return woken;
            });
    queues.forEach(queue -> waiters.wake(queue, 1));
  }

  private void revokeLateLeases() {
    var queues =
        database.transaction(
            sql -> {
              var woken = new ArrayList<Short>();
              sql.query(LATE)
                  .forEach(
                      lease -> revoke(sql, lease, RunEnds.TIMED_OUT, "its deadline passed", woken));
              return woken;
            });
    queues.forEach(queue -> waiters.wake(queue, 1));
  }

  /**
   * Every lease ends: a canceling run is canceled, one that was lost too often is dead, all others
   * are tried again.
   */
  private void revoke(Sql sql, Row lease, short attempt, String why, List<Short> woken) {
    UUID run = lease.getUUID("run_id");
    RunState end = null;
    if (lease.getShort("state") == RunState.CANCELING.live()) {
      end = RunState.CANCELED;
    } else if (lease.getShort("losses") + 1 >= lease.getShort("max_losses")) {
      end = RunState.DEAD;
    }
    if (end == null) {
      RunEnds.attempt(sql, run, attempt, null);
      RunEnds.event(sql, run, "lost", why + "; tried again", null);
      sql.query(AGAIN, run);
    } else {
      sql.query("UPDATE stowage.live SET losses = losses + 1 WHERE run_id = $1", run);
      String error =
          end == RunState.DEAD
              ? "{\"code\":\"crash_loop\",\"message\":\"lost too often: "
                  + why.replace("\"", "'").replace("\\", "/")
                  + "\"}"
              : null;
      RunEnds.end(sql, new RunEnds.End(run, end, attempt, false, null, error));
      metrics.ended(end.word());
    }
    addIfPresent(woken, Concurrency.release(sql, lease.getString("concurrency_key")));
  }

  private void expire() {
    database.transaction(
        sql -> {
          for (Row row : sql.query(EXPIRED)) {
            RunEnds.end(
                sql,
                new RunEnds.End(
                    row.getUUID("run_id"),
                    RunState.EXPIRED,
                    RunEnds.CANCELED,
                    false,
                    null,
                    "{\"code\":\"expired\",\"message\":\"nobody claimed it in time\"}"));
            metrics.ended(RunState.EXPIRED.word());
            if (row.getShort("state") == RunState.QUEUED.live()) {
              Concurrency.release(sql, row.getString("concurrency_key"));
            }
          }
          return null;
        });
  }

  /** Queues the runs whose time has come. */
  public void promote() {
    database.query(DUE).forEach(row -> waiters.wake(row.getShort("queue_id"), 1));
    var woken =
        database.transaction(
            sql -> {
              var queues = new ArrayList<Short>();
              for (Row row : sql.query(DUE_WITH_KEY)) {
                boolean ready =
                    Concurrency.acquired(
                        sql, row.getString("concurrency_key"), row.getInteger("concurrency_max"));
                sql.query(
                    BECOME,
                    row.getUUID("run_id"),
                    (ready ? RunState.QUEUED : RunState.BLOCKED).live());
                if (ready) {
                  queues.add(row.getShort("queue_id"));
                }
              }
              return queues;
            });
    woken.forEach(queue -> waiters.wake(queue, 1));
  }

  private static void addIfPresent(List<Short> queues, @Nullable Short queue) {
    if (queue != null) {
      queues.add(queue);
    }
  }
}
