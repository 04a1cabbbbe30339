package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.database.Database.Sql;
import io.stowage.control.queue.Delivery.Ready;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives leases back, with nothing counted: the run is queued again where it stood; one that is
 * being canceled is canceled.
 */
public final class Releases {
  private static final String RELEASE =
      """
      WITH held AS (
        SELECT run_id, lease_id, epoch, fence, session_id, claimed_at, last_event FROM stowage.live
        WHERE run_id = $1 AND lease_id = $2 AND session_id = $3 AND state = 3 FOR NO KEY UPDATE),
      ended AS (
        INSERT INTO stowage.attempt (lease_id, run_id, epoch, fence, session_id, claimed_at, outcome)
        SELECT lease_id, run_id, epoch, fence, session_id, claimed_at, 5 FROM held),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT run_id, last_event + 1, clock_timestamp(), 'released', $4, '{}' FROM held)
      UPDATE stowage.live l SET state = 2, lease_id = NULL, session_id = NULL, fence = NULL, claimed_at = NULL,
        deadline_at = NULL, unlisted = 0, last_event = l.last_event + 1,
        refused_by = CASE WHEN $5::text IS NULL THEN l.refused_by ELSE array_append(l.refused_by, $5) END
      FROM held h WHERE l.run_id = h.run_id RETURNING l.queue_id, l.run_id""";
  private static final String CANCELING =
      """
      SELECT concurrency_keys FROM stowage.live
      WHERE run_id = $1 AND lease_id = $2 AND session_id = $3 AND state = 4 FOR UPDATE""";

  private final Database database;
  private final Delivery delivery;
  private final QueueMetrics metrics;

  Releases(Database database, Delivery delivery, QueueMetrics metrics) {
    this.database = database;
    this.delivery = delivery;
    this.metrics = metrics;
  }

  /**
   * @param lacking hash of the catalog that lacks the asset; null where that is not the reason
   */
  public record Release(
      long session, UUID run, UUID lease, String reason, @Nullable String lacking) {}

  /**
   * @throws StowageException {@code LEASE_LOST} where the lease is held no more
   */
  public void release(Release release) {
    if (!releaseIfHeld(release)) {
      throw new StowageException(
          ErrorCode.LEASE_LOST, "lease " + release.lease() + " is held no more");
    }
  }

  /**
   * @return whether the lease was held
   */
  boolean releaseIfHeld(Release release) {
    var ready = new ArrayList<Ready>();
    boolean held = database.transaction(sql -> giveBack(sql, release, ready));
    deliver(ready);
    return held;
  }

  /**
   * Inside a transaction of the caller's.
   *
   * @param ready gets each run that is ready now, to be delivered after the commit
   */
  boolean giveBack(Sql sql, Release release, List<Ready> ready) {
    var queued =
        sql.first(
            RELEASE,
            release.run(),
            release.lease(),
            release.session(),
            release.reason(),
            release.lacking());
    if (queued.isPresent()) {
      ready.add(new Ready(queued.get().getShort("queue_id"), queued.get().getUUID("run_id")));
      metrics.attempted("released", null);
      return true;
    }
    var canceling = sql.first(CANCELING, release.run(), release.lease(), release.session());
    canceling.ifPresent(
        row -> {
          RunEnds.end(
              sql,
              new RunEnds.End(
                  release.run(),
                  RunState.CANCELED,
                  RunEnds.CANCELED,
                  false,
                  null,
                  RunEnds.error("canceled", release.reason())));
          ready.addAll(Concurrency.release(sql, RunEnds.keys(row)));
          metrics.attempted("canceled", null);
          metrics.ended(RunState.CANCELED.word());
        });
    return canceling.isPresent();
  }

  void deliver(List<Ready> ready) {
    delivery.ready(ready);
  }
}
