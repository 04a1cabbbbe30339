package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.database.Uuids;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.SweepOptions;
import io.vertx.mutiny.sqlclient.Row;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Submits sweeps by the clock, one in each interval for each catalog: the workers' IO managers know
 * what is to be kept. The run's id follows from the interval and the catalog, so that however often
 * it is looked, and by however many servers, there is one run.
 */
public final class Sweeps {
  private static final System.Logger LOG = System.getLogger(Sweeps.class.getName());

  /** Of several queues with the same catalog, one that a worker pulls from. */
  private static final String QUEUES =
      """
      SELECT DISTINCT ON (q.catalog_hash) q.id, q.name, q.catalog_hash FROM stowage.queue q
      WHERE q.catalog_hash IS NOT NULL AND NOT q.paused AND EXISTS (SELECT 1 FROM stowage.run WHERE id < $1)
      ORDER BY q.catalog_hash, EXISTS (
        SELECT 1 FROM stowage.session s WHERE s.state = 0 AND q.id = ANY (s.queue_ids)) DESC, q.id""";

  private static final int PRIORITY = 9;
  private static final int ATTEMPTS = 4;
  private static final String BY = "stowage";

  private final Database database;
  private final Submissions submissions;

  Sweeps(Database database, Submissions submissions) {
    this.database = database;
    this.submissions = submissions;
  }

  /**
   * Submits what is due and not submitted yet. Nothing is, before the first run is as old as one
   * interval; nor for a catalog whose sweep before has not ended.
   *
   * @param every the length of an interval, which are counted from 1970; zero for never
   * @return the runs that this call submitted
   */
  public List<UUID> submitDue(Instant now, Duration every) {
    var submitted = new ArrayList<UUID>();
    if (!every.isPositive()) {
      return submitted;
    }
    long length = every.toMillis();
    Instant begun = Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length);
    for (Row queue : database.query(QUEUES, Uuids.atTime(now.minus(every)))) {
      String catalog = queue.getString("catalog_hash");
      UUID id = Uuids.derived(begun, "sweep of " + catalog);
      if (submit(id, queue.getShort("id"), "sweep of " + catalog)) {
        submitted.add(id);
        LOG.log(Level.INFO, "run {0}: a sweep, on queue {1}", id, queue.getString("name"));
      }
    }
    return submitted;
  }

  private boolean submit(UUID id, short queue, String dedupKey) {
    var spec =
        new RunSpec(
            RunKind.SWEEP.word(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            null,
            null,
            null,
            RunKind.SWEEP.word(),
            SweepOptions.DEFAULTS.toData());
    var run =
        new NewRun(
            id, true, queue, spec, PRIORITY, ATTEMPTS, null, null, null, List.of(), dedupKey, BY);
    try {
      return !submissions.submit(run, null, "").replayed();
    } catch (StowageException e) {
      if (e.code() == ErrorCode.DUPLICATE
          || e.code() == ErrorCode.QUEUE_FULL
          || e.code() == ErrorCode.QUEUE_DRAINING) {
        return false;
      }
      throw e;
    }
  }
}
