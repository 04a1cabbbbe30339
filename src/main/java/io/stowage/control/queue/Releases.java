package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives leases back, with nothing counted: the run is queued again where it stood. */
public final class Releases {
  /**
   * What a worker says whose catalog lacks the run's asset; the run is not offered to that catalog
   * again.
   */
  public static final String UNKNOWN_ASSET = "unknown_asset";

  private static final String RELEASE =
      """
      WITH held AS (
        SELECT run_id, lease_id, epoch, fence, session_id, claimed_at, state, queue_id FROM stowage.live
        WHERE run_id = $1 AND lease_id = $2 AND session_id = $3 AND state >= 3 FOR NO KEY UPDATE),
      ended AS (
        INSERT INTO stowage.attempt (lease_id, run_id, epoch, fence, session_id, claimed_at, outcome)
        SELECT lease_id, run_id, epoch, fence, session_id, claimed_at, 5 FROM held),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT l.run_id, l.last_event + 1, clock_timestamp(), 'released', $4, '{}'
        FROM stowage.live l JOIN held USING (run_id))
      UPDATE stowage.live l SET state = 2, lease_id = NULL, session_id = NULL, fence = NULL, claimed_at = NULL,
        deadline_at = NULL, unlisted = 0, last_event = l.last_event + 1,
        refused_by = CASE WHEN $5::text IS NULL THEN l.refused_by ELSE array_append(l.refused_by, $5) END
      FROM held h WHERE l.run_id = h.run_id AND h.state = 3 RETURNING l.queue_id""";

  private final Database database;
  private final Waiters waiters;

  Releases(Database database, Waiters waiters) {
    this.database = database;
    this.waiters = waiters;
  }

  /** Does nothing where the lease is held no more. */
  void release(long session, UUID run, UUID lease, String reason) {
    database
        .first(RELEASE, run, lease, session, reason, null)
        .ifPresent(row -> waiters.wake(row.getShort("queue_id"), 1));
  }

  /**
   * @param lacking hash of the catalog that lacks the asset; null where that is not the reason
   * @throws StowageException {@code LEASE_LOST} where the lease is held no more
   */
  public void release(long session, UUID run, UUID lease, String reason, @Nullable String lacking) {
    var row =
        database
            .first(RELEASE, run, lease, session, reason, lacking)
            .orElseThrow(
                () ->
                    new StowageException(
                        ErrorCode.LEASE_LOST, "lease " + lease + " is held no more"));
    waiters.wake(row.getShort("queue_id"), 1);
  }
}
