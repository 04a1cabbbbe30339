package io.stowage.control.backfill;

import io.stowage.control.database.Database.Sql;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a backfill's runs, worked out in one short transaction that holds the
 * backfill's row: runs that have ended are settled, those that needed them need one less, those
 * below a failure are skipped. Each statement is about so many rows at the most; where there may be
 * more, another round follows at once.
 *
 * <p>A backfill of a minute ago is new to the planner, which takes it for a row or two. So rows are
 * found by arrays of their places, and one by one below those: there is only one way to do that.
 */
final class Round {
  private static final int MOST = 5_000;

  /** A partition that was committed has succeeded, also where others of its run have not. */
  private static final String SETTLE =
      """
      WITH ended AS MATERIALIZED (
        SELECT b.place, b.step, b.outputs, cardinality(b.partitions) AS size, r.id, r.outcome
        FROM stowage.backfill_run b CROSS JOIN LATERAL (
          SELECT id, outcome FROM stowage.run WHERE id = b.run_id AND outcome IS NOT NULL OFFSET 0) r
        WHERE b.backfill_id = $1 AND b.state = 1),
      judged AS MATERIALIZED (
        SELECT e.*, CASE WHEN e.outcome = 1 THEN e.size ELSE (SELECT count(*) FROM (
          SELECT 1 FROM stowage.materialization m
          WHERE m.run_id = e.id AND m.step = e.step AND position('/' IN m.output) = 0
          GROUP BY m.partition_key HAVING count(*) >= e.outputs) c) END AS done
        FROM ended e),
      settled AS (
        UPDATE stowage.backfill_run b SET telling = true, state = (
          SELECT CASE WHEN j.done >= j.size THEN 2 WHEN j.outcome = 4 THEN 5 ELSE 3 END FROM judged j WHERE j.place = b.place)
        WHERE b.backfill_id = $1 AND b.place = ANY (ARRAY(SELECT place FROM judged)))
      SELECT coalesce(sum(size), 0)::int AS all, coalesce(sum(least(done, size)), 0)::int AS succeeded,
        coalesce(sum(greatest(size - done, 0)) FILTER (WHERE outcome = 4), 0)::int AS canceled FROM judged""";

  private static final String TELL =
      """
      DELETE FROM stowage.backfill_edge WHERE ctid = ANY (ARRAY(
        SELECT n.edge FROM stowage.backfill_run u CROSS JOIN LATERAL (
          SELECT e.ctid AS edge FROM stowage.backfill_edge e WHERE e.backfill_id = $1 AND e.up = u.place OFFSET 0) n
        WHERE u.backfill_id = $1 AND u.telling AND u.state = 2 LIMIT $2)) RETURNING down""";
  private static final String NEEDED =
      "UPDATE stowage.backfill_run SET needs = needs - $3 WHERE backfill_id = $1 AND place = ANY ($2)";

  private static final String SKIP =
      """
      WITH RECURSIVE below (place) AS (
        SELECT n.down FROM stowage.backfill_run u CROSS JOIN LATERAL (
          SELECT e.down FROM stowage.backfill_edge e WHERE e.backfill_id = $1 AND e.up = u.place AND (
            SELECT d.state FROM stowage.backfill_run d WHERE d.backfill_id = $1 AND d.place = e.down) = 0 OFFSET 0) n
        WHERE u.backfill_id = $1 AND u.telling AND u.state > 2
        UNION
        SELECT n.down FROM below b CROSS JOIN LATERAL (
          SELECT e.down FROM stowage.backfill_edge e WHERE e.backfill_id = $1 AND e.up = b.place AND (
            SELECT d.state FROM stowage.backfill_run d WHERE d.backfill_id = $1 AND d.place = e.down) = 0 OFFSET 0) n),
      chosen AS MATERIALIZED (SELECT place FROM below LIMIT $2),
      skipped AS (
        UPDATE stowage.backfill_run SET state = 4, telling = true
        WHERE backfill_id = $1 AND place = ANY (ARRAY(SELECT place FROM chosen)) RETURNING partitions)
      SELECT count(*)::int AS n, coalesce(sum(cardinality(partitions)), 0)::int AS size FROM skipped""";

  private static final String TOLD =
      """
      UPDATE stowage.backfill_run u SET telling = false WHERE u.backfill_id = $1 AND u.telling AND (
        SELECT 1 FROM stowage.backfill_edge e WHERE e.backfill_id = $1 AND e.up = u.place AND (u.state = 2 OR (
          SELECT d.state FROM stowage.backfill_run d WHERE d.backfill_id = $1 AND d.place = e.down) = 0) LIMIT 1) IS NULL""";

  private static final String CANCEL =
      """
      WITH canceled AS (
        UPDATE stowage.backfill_run SET state = 5 WHERE backfill_id = $1 AND place = ANY (ARRAY(
          SELECT place FROM stowage.backfill_run WHERE backfill_id = $1 AND state = 0 ORDER BY place LIMIT $2))
        RETURNING partitions)
      SELECT count(*)::int AS n, coalesce(sum(cardinality(partitions)), 0)::int AS size FROM canceled""";

  private static final String COUNT =
      """
      UPDATE stowage.backfill b SET waiting = waiting + $2, live = live + $3, succeeded = succeeded + $4, failed = failed + $5,
        skipped = skipped + $6, canceled = canceled + $7, held_up = $8 WHERE id = $1""";
  private static final String DONE =
      """
      UPDATE stowage.backfill SET finished_at = clock_timestamp(), held_up = NULL,
        state = CASE WHEN state = 'canceled' THEN state WHEN succeeded = total THEN 'succeeded' ELSE 'failed' END
      WHERE id = $1 AND waiting = 0 AND live = 0
        AND NOT EXISTS (SELECT 1 FROM stowage.backfill_run u WHERE u.backfill_id = $1 AND u.telling)""";

  private final Sql sql;
  private final UUID backfill;
  private int waiting;
  private int live;
  private int succeeded;
  private int failed;
  private int skipped;
  private int canceled;
  private boolean full;

  Round(Sql sql, UUID backfill) {
    this.sql = sql;
    this.backfill = backfill;
  }

  /** Settles what has ended, and tells whoever needs it. */
  void settle() {
    Row ended = sql.query(SETTLE, backfill).getFirst();
    int all = ended.getInteger("all");
    live -= all;
    succeeded += ended.getInteger("succeeded");
    canceled += ended.getInteger("canceled");
    failed += all - ended.getInteger("succeeded") - ended.getInteger("canceled");
    tell();
    Row below = sql.query(SKIP, backfill, MOST).getFirst();
    skipped += below.getInteger("size");
    waiting -= below.getInteger("size");
    full |= below.getInteger("n") == MOST;
    sql.query(TOLD, backfill);
  }

  /** Most need one less, a few that have several upstream more. */
  private void tell() {
    var counts = new HashMap<Integer, Integer>();
    var told = sql.query(TELL, backfill, MOST);
    told.forEach(edge -> counts.merge(edge.getInteger("down"), 1, Integer::sum));
    var downs = new TreeMap<Integer, List<Integer>>();
    counts.forEach((down, count) -> downs.computeIfAbsent(count, _ -> new ArrayList<>()).add(down));
    downs.forEach(
        (count, places) -> sql.query(NEEDED, backfill, places.toArray(Integer[]::new), count));
    full |= told.size() == MOST;
  }

  /** What waits is canceled. */
  void cancel() {
    Row below = sql.query(CANCEL, backfill, MOST).getFirst();
    canceled += below.getInteger("size");
    waiting -= below.getInteger("size");
    full |= below.getInteger("n") == MOST;
  }

  /** So many partitions, which waited, are live now. */
  void submitted(List<Integer> sizes) {
    int all = sizes.stream().mapToInt(Integer::intValue).sum();
    waiting -= all;
    live += all;
  }

  /**
   * Counts all that; where nothing waits or lives any more, the backfill has ended.
   *
   * @return whether there may be more to do at once
   */
  boolean count(@Nullable String heldUp, boolean heldUpBefore) {
    boolean changed =
        (waiting | live | succeeded | failed | skipped | canceled) != 0
            || heldUp != null
            || heldUpBefore;
    if (changed) {
      sql.query(COUNT, backfill, waiting, live, succeeded, failed, skipped, canceled, heldUp);
    }
    sql.query(DONE, backfill);
    return full;
  }
}
