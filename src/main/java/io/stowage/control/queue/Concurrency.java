package io.stowage.control.queue;

import io.stowage.control.database.Database.Sql;
import io.stowage.control.queue.Delivery.Ready;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Units of concurrency keys. A run takes one of each of its keys, or none, when it becomes ready,
 * not when it is claimed; whoever ends it gives them back, and hands them to the next that are
 * blocked, in the same transaction.
 *
 * <p>Rows of keys are waited for in the keys' order only, and never by who holds some already: so
 * no two wait for each other. What could not be had without waiting is found by the promoter.
 */
final class Concurrency {
  private static final int MOST_CANDIDATES = 20;

  private static final String KNOWN =
      """
      INSERT INTO stowage.concurrency (key, max_units) SELECT k, m FROM unnest($1::text[], $2::int[]) AS a (k, m) ORDER BY k
      ON CONFLICT (key) DO UPDATE SET max_units = excluded.max_units""";
  private static final String NEW =
      """
      INSERT INTO stowage.concurrency (key, max_units) SELECT k, 1 FROM unnest($1::text[]) AS a (k)
      WHERE NOT EXISTS (SELECT 1 FROM stowage.concurrency c WHERE c.key = k) ORDER BY k ON CONFLICT DO NOTHING""";
  private static final String LOCK =
      "SELECT key FROM stowage.concurrency WHERE key = ANY ($1::text[]) ORDER BY key FOR UPDATE SKIP LOCKED";
  private static final String TAKE =
      """
      UPDATE stowage.concurrency c SET in_use = c.in_use + 1, max_units = a.m
      FROM unnest($1::text[], $2::int[]) AS a (k, m)
      WHERE c.key = a.k AND NOT EXISTS (
        SELECT 1 FROM stowage.concurrency f JOIN unnest($1::text[], $2::int[]) AS b (k, m) ON b.k = f.key WHERE f.in_use >= b.m)
      RETURNING c.key""";
  private static final String FREE =
      """
      WITH freed AS (SELECT k, count(*) AS n FROM unnest($1::text[]) AS a (k) GROUP BY k),
      locked AS MATERIALIZED (
        SELECT c.key FROM stowage.concurrency c JOIN freed f ON f.k = c.key ORDER BY c.key FOR UPDATE OF c)
      UPDATE stowage.concurrency c SET in_use = greatest(c.in_use - f.n, 0)
      FROM locked l JOIN freed f ON f.k = l.key WHERE c.key = l.key""";
  private static final String BLOCKED =
      """
      SELECT run_id, queue_id, concurrency_keys, concurrency_max FROM stowage.live
      WHERE state = 1 AND concurrency_keys && $1::text[]
      ORDER BY priority, seq LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED""";
  private static final String QUEUED =
      """
      WITH queued AS (
        UPDATE stowage.live SET state = 2, ready_at = clock_timestamp(), visible_at = NULL, last_event = last_event + 1
        WHERE run_id = $1 RETURNING run_id, last_event, concurrency_keys)
      INSERT INTO stowage.event (run_id, n, at, type, message, data)
      SELECT run_id, last_event, clock_timestamp(), 'queued', 'has its units of ' || array_to_string(concurrency_keys, ', '),
        jsonb_build_object('concurrency', concurrency_keys) FROM queued""";

  private Concurrency() {}

  /**
   * Waits for the keys, all at once, before any unit of them is taken.
   *
   * @param keys how many units there are of each
   */
  static void lock(Sql sql, SortedMap<String, Integer> keys) {
    sql.query(KNOWN, keys.keySet().toArray(String[]::new), keys.values().toArray(Integer[]::new));
  }

  /** Takes a unit of each key, which are locked, and queues the run; where one is used up, none. */
  static boolean queued(Sql sql, NewRun run) {
    return taken(sql, run.id(), run.keys(), run.maxima());
  }

  private static boolean taken(Sql sql, UUID run, String[] keys, Integer[] max) {
    if (sql.query(TAKE, keys, max).isEmpty()) {
      return false;
    }
    sql.query(QUEUED, run);
    return true;
  }

  /**
   * Gives a unit of each key back, of a key that stands there twice two, and queues who waits for
   * them.
   *
   * @return the runs that are ready now
   */
  static List<Ready> release(Sql sql, Collection<String> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    String[] freed = keys.toArray(String[]::new);
    sql.query(FREE, (Object) freed);
    var ready = new ArrayList<Ready>();
    for (Row row : sql.query(BLOCKED, freed, MOST_CANDIDATES + keys.size())) {
      promote(sql, row, ready);
    }
    return ready;
  }

  /** As {@link #promote}, where the keys of the run may be new. */
  static void promoteNew(Sql sql, Row blocked, List<Ready> ready) {
    sql.query(NEW, (Object) blocked.getArrayOfStrings("concurrency_keys"));
    promote(sql, blocked, ready);
  }

  /** Queues a blocked run, whose row is locked, if its units are there without waiting. */
  static void promote(Sql sql, Row blocked, List<Ready> ready) {
    String[] keys = blocked.getArrayOfStrings("concurrency_keys");
    UUID run = blocked.getUUID("run_id");
    if (sql.query(LOCK, (Object) keys).size() == keys.length
        && taken(sql, run, keys, blocked.getArrayOfIntegers("concurrency_max"))) {
      ready.add(new Ready(blocked.getShort("queue_id"), run));
    }
  }
}
