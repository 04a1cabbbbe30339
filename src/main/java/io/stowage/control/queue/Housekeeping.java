package io.stowage.control.queue;

import io.stowage.control.database.Database;
import io.stowage.control.queue.Delivery.Ready;
import io.vertx.mutiny.sqlclient.Row;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

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

  private static final String UNBLOCKED =
      """
      SELECT l.run_id, l.queue_id, l.concurrency_keys, l.concurrency_max FROM stowage.live l
      WHERE l.state = 1 AND NOT EXISTS (
        SELECT 1 FROM unnest(l.concurrency_keys, l.concurrency_max) AS k (key, max)
        JOIN stowage.concurrency c ON c.key = k.key WHERE c.in_use >= k.max)
      ORDER BY l.priority, l.seq LIMIT 100 FOR NO KEY UPDATE OF l SKIP LOCKED""";
  private static final String DUE =
      """
      WITH due AS (
        UPDATE stowage.live l SET state = CASE WHEN l.concurrency_keys IS NULL THEN 2 ELSE 1 END, ready_at = clock_timestamp(),
          visible_at = NULL, last_event = last_event + 1
        FROM (SELECT run_id FROM stowage.live WHERE state = 0 AND (visible_at IS NULL OR visible_at <= clock_timestamp())
              ORDER BY visible_at LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED) d
        WHERE l.run_id = d.run_id RETURNING l.queue_id, l.run_id, l.state, l.last_event, l.concurrency_keys),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT run_id, last_event, clock_timestamp(), CASE state WHEN 2 THEN 'queued' ELSE 'blocked' END,
          CASE state WHEN 2 THEN 'its time has come'
            ELSE 'its time has come; it waits for units of ' || array_to_string(concurrency_keys, ', ') END, '{}' FROM due)
      SELECT queue_id, run_id, state FROM due""";
  private static final String EXPIRED =
      """
      SELECT run_id, state, concurrency_keys FROM stowage.live
      WHERE state < 3 AND expires_at < clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED""";

  private final Database database;
  private final Delivery delivery;
  private final QueueMetrics metrics;
  private final Duration ttl;
  private final LongSupplier nanoTime;
  private volatile long lastGood;
  private volatile long patientUntil;
  private volatile boolean began;

  /**
   * @param nanoTime monotonic, as {@code System::nanoTime}
   */
  Housekeeping(
      Database database,
      Delivery delivery,
      QueueMetrics metrics,
      Duration ttl,
      LongSupplier nanoTime) {
    this.database = database;
    this.delivery = delivery;
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
      revoke(ReaperSql.LOST);
    }
    revoke(ReaperSql.LATE);
    revoke(ReaperSql.ORPHANS);
    expire();
    lastGood = nanoTime.getAsLong();
    began = true;
  }

  /** How long ago the last cycle ended well; empty where none did yet. */
  public Optional<Duration> sinceLastGood() {
    return began
        ? Optional.of(Duration.ofNanos(nanoTime.getAsLong() - lastGood))
        : Optional.empty();
  }

  /** Whether it doubts itself, and takes nobody for lost. */
  public boolean suspended() {
    return began && nanoTime.getAsLong() - patientUntil < 0;
  }

  /**
   * A canceling run is canceled, one that was lost too often is dead, all others are tried again.
   */
  private void revoke(String statement) {
    var ready = new ArrayList<Ready>();
    var revoked =
        database.transaction(
            sql -> {
              var rows = ReaperSql.revoke(sql, statement);
              ready.addAll(
                  Concurrency.release(
                      sql, rows.stream().flatMap(row -> RunEnds.keys(row).stream()).toList()));
              return rows;
            });
    delivery.ready(ready);
    var workers = new TreeMap<String, Integer>();
    for (Row row : revoked) {
      if (row.getShort("finish") > 0) {
        metrics.ended(RunState.of(null, row.getShort("finish")).word());
      }
      metrics.attempted(ends(row.getShort("ended")), null);
      if (row.getString("worker") != null) {
        workers.merge(row.getString("worker"), 1, Integer::sum);
      }
    }
    if (!workers.isEmpty()) {
      metrics.lost(workers.values().stream().mapToInt(Integer::intValue).sum());
      LOG.log(
          Level.WARNING,
          "workers fell silent and are lost, their runs are tried elsewhere: {0}",
          workers);
    }
  }

  private static String ends(short attempt) {
    return switch (attempt) {
      case RunEnds.LOST -> "lost";
      case RunEnds.TIMED_OUT -> "timed_out";
      default -> "released";
    };
  }

  private void expire() {
    var ready = new ArrayList<Ready>();
    int expired =
        database.transaction(
            sql -> {
              var rows = sql.query(EXPIRED);
              var freed = new ArrayList<String>();
              for (Row row : rows) {
                RunEnds.end(
                    sql,
                    new RunEnds.End(
                        row.getUUID("run_id"),
                        RunState.EXPIRED,
                        RunEnds.CANCELED,
                        false,
                        null,
                        RunEnds.error("expired", "nobody claimed it in time")));
                if (row.getShort("state") == RunState.QUEUED.live()) {
                  freed.addAll(RunEnds.keys(row));
                }
              }
              ready.addAll(Concurrency.release(sql, freed));
              return rows.size();
            });
    for (int i = 0; i < expired; i++) {
      metrics.ended(RunState.EXPIRED.word());
    }
    delivery.ready(ready);
  }

  /** Queues the runs whose time has come. */
  public void promote() {
    var due =
        database.query(DUE).stream()
            .filter(row -> row.getShort("state") == RunState.QUEUED.live())
            .map(row -> new Ready(row.getShort("queue_id"), row.getUUID("run_id")))
            .toList();
    delivery.ready(due);
    unblock();
  }

  /** What is blocked though there are units: it became due just now, or somebody was in the way. */
  private void unblock() {
    var ready = new ArrayList<Ready>();
    database.transaction(
        sql -> {
          for (Row row : sql.query(UNBLOCKED)) {
            Concurrency.promoteNew(sql, row, ready);
          }
          return null;
        });
    delivery.ready(ready);
  }
}
