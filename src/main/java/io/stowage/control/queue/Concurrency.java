package io.stowage.control.queue;

import io.stowage.control.queue.Database.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Units of concurrency keys. A run takes one when it becomes ready, not when it is claimed; whoever
 * ends it gives the unit back, and hands it to the next that is blocked, in the same transaction.
 */
final class Concurrency {
  private static final String ACQUIRE =
      """
      INSERT INTO stowage.concurrency AS c (key, max_units, in_use) VALUES ($1, $2, 1)
      ON CONFLICT (key) DO UPDATE SET max_units = excluded.max_units, in_use = c.in_use + 1
      WHERE c.in_use < excluded.max_units RETURNING in_use""";
  private static final String FREE =
      "UPDATE stowage.concurrency SET in_use = greatest(in_use - 1, 0) WHERE key = $1 RETURNING in_use";
  private static final String NEXT =
      """
      SELECT run_id, queue_id, concurrency_max FROM stowage.live WHERE concurrency_key = $1 AND state = 1
      ORDER BY priority, seq LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED""";
  private static final String PROMOTE =
      "UPDATE stowage.live SET state = 2, ready_at = clock_timestamp() WHERE run_id = $1";

  private Concurrency() {}

  static boolean acquired(Sql sql, String key, int max) {
    return !sql.query(ACQUIRE, key, max).isEmpty();
  }

  /**
   * @return the queue of the run that got the unit, or null
   */
  static @Nullable Short release(Sql sql, @Nullable String key) {
    if (key == null) {
      return null;
    }
    sql.query(FREE, key);
    var next = sql.first(NEXT, key);
    if (next.isEmpty() || !acquired(sql, key, next.get().getInteger("concurrency_max"))) {
      return null;
    }
    sql.query(PROMOTE, next.get().getUUID("run_id"));
    return next.get().getShort("queue_id");
  }
}
