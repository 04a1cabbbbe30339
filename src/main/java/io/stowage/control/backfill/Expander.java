package io.stowage.control.backfill;

import io.stowage.control.ledger.Catalogs;
import io.stowage.control.queue.Cancellations;
import io.stowage.control.queue.Database;
import io.stowage.control.queue.NewRun;
import io.stowage.control.queue.Submissions;
import io.stowage.control.queue.Uuids;
import io.stowage.protocol.Json;
import io.stowage.protocol.RunSpec;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Turns the items of running backfills into runs, upstream partitions first, so many at a time.
 * Each run's id follows from its backfill and first item: an expander that dies after a submit
 * finds that run the next time, and submits no second one.
 */
public final class Expander {
  private static final int MOST_LIVE = 1_000;
  private static final int CHUNK = 500;
  private static final int LOWEST_PRIORITY = 9;
  private static final int ATTEMPTS = 4;

  private static final String RUNNING =
      """
      SELECT b.id, q.id AS queue_id, b.queue, b.overrides::text AS overrides, b.tags::text AS tags, b.submitted_by, b.submitted_at,
        (SELECT count(DISTINCT i.run_place) FROM stowage.backfill_item i WHERE i.backfill_id = b.id AND i.state = 1) AS live
      FROM stowage.backfill b JOIN stowage.queue q ON q.name = b.queue WHERE b.state = 'running' ORDER BY b.id""";

  /** A partition that was committed has succeeded, also where others of its run have not. */
  private static final String SETTLE =
      """
      UPDATE stowage.backfill_item i SET state = CASE
        WHEN r.outcome = 1 OR i.outputs <= (
          SELECT count(*) FROM stowage.materialization m
          WHERE m.run_id = r.id AND m.step = i.step AND m.partition_key = i.partition_key AND position('/' IN m.output) = 0)
        THEN 2 WHEN r.outcome = 4 THEN 5 ELSE 3 END
      FROM stowage.run r WHERE i.backfill_id = $1 AND i.state = 1 AND r.id = i.run_id AND r.outcome IS NOT NULL""";

  private static final String SKIP =
      """
      UPDATE stowage.backfill_item i SET state = 4
      WHERE i.backfill_id = $1 AND i.state = 0 AND EXISTS (
        SELECT 1 FROM stowage.backfill_edge e JOIN stowage.backfill_item u ON u.backfill_id = e.backfill_id AND u.run_place = e.up
        WHERE e.backfill_id = i.backfill_id AND e.down = i.run_place AND u.state IN (3, 4, 5)) RETURNING i.place""";
  private static final String READY =
      """
      SELECT i.run_place, i.step, array_agg(i.partition_key ORDER BY i.place) AS partition_keys
      FROM stowage.backfill_item i
      WHERE i.backfill_id = $1 AND i.state = 0 AND NOT EXISTS (
        SELECT 1 FROM stowage.backfill_edge e JOIN stowage.backfill_item u ON u.backfill_id = e.backfill_id AND u.run_place = e.up
        WHERE e.backfill_id = i.backfill_id AND e.down = i.run_place AND u.state <> 2)
      GROUP BY i.run_place, i.step ORDER BY i.run_place LIMIT $2""";
  private static final String LIVE =
      "UPDATE stowage.backfill_item SET state = 1, run_id = $3 WHERE backfill_id = $1 AND run_place = $2 AND state = 0 RETURNING place";
  private static final String DONE =
      """
      UPDATE stowage.backfill b SET finished_at = clock_timestamp(), state = CASE WHEN EXISTS (
          SELECT 1 FROM stowage.backfill_item i WHERE i.backfill_id = b.id AND i.state <> 2) THEN 'failed' ELSE 'succeeded' END
      WHERE b.id = $1 AND b.state = 'running' AND NOT EXISTS (
        SELECT 1 FROM stowage.backfill_item i WHERE i.backfill_id = b.id AND i.state < 2)""";

  private static final String CANCELED =
      "SELECT 1 FROM stowage.backfill WHERE id = $1 AND state = 'canceled'";

  private final Database database;
  private final Submissions submissions;
  private final Cancellations cancellations;
  private final Catalogs catalogs;

  public Expander(
      Database database, Submissions submissions, Cancellations cancellations, Catalogs catalogs) {
    this.database = database;
    this.submissions = submissions;
    this.cancellations = cancellations;
    this.catalogs = catalogs;
  }

  /** One round over all running backfills. */
  public void expand() {
    database.query(RUNNING).forEach(this::expand);
  }

  private void expand(Row backfill) {
    UUID id = backfill.getUUID("id");
    database.query(SETTLE, id);
    boolean skipped;
    do { // one level of what needs a failed item at a time
      skipped = !database.query(SKIP, id).isEmpty();
    } while (skipped);
    int room = (int) Math.min(CHUNK, MOST_LIVE - backfill.getLong("live"));
    if (room > 0) {
      database.query(READY, id, (long) room).forEach(item -> submit(backfill, item));
    }
    database.query(DONE, id);
  }

  private void submit(Row backfill, Row item) {
    UUID id = backfill.getUUID("id");
    Instant time = backfill.getOffsetDateTime("submitted_at").toInstant();
    UUID run = Uuids.derived(time, id + "/" + item.getInteger("run_place"));
    var partitions = List.of(item.getArrayOfStrings("partition_keys"));
    var spec =
        new RunSpec(
            "backfill",
            assets(backfill.getString("queue"), item.getString("step")),
            partitions.equals(List.of("")) ? List.of() : partitions,
            overrides(backfill.getString("overrides")),
            tags(backfill.getString("tags")),
            null,
            id,
            null);
    submissions.submit(
        new NewRun(
            run,
            backfill.getShort("queue_id"),
            spec,
            LOWEST_PRIORITY,
            ATTEMPTS,
            null,
            null,
            null,
            List.of(),
            null,
            backfill.getString("submitted_by")),
        null,
        "");
    boolean wanted = !database.query(LIVE, id, item.getInteger("run_place"), run).isEmpty();
    if (!wanted && database.first(CANCELED, id).isPresent()) {
      Backfills.cancelRun(cancellations, run, "the backfill's canceler");
    }
  }

  /**
   * The assets of the step; the step's own name where the catalog has changed meanwhile, which then
   * is told by the run.
   */
  private List<String> assets(String queue, String step) {
    return catalogs
        .ofQueue(queue)
        .flatMap(catalog -> catalog.graph().step(step))
        .map(spec -> spec.outputs().stream().map(output -> output.asset().toString()).toList())
        .orElse(List.of(step));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, String>> overrides(String json) {
    return (Map<String, Map<String, String>>) (Map<String, ?>) Json.map(json);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> tags(String json) {
    return (Map<String, String>) (Map<String, ?>) Json.map(json);
  }
}
