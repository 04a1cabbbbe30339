package io.stowage.control.queue;

import io.stowage.control.database.Database;
import java.time.Duration;

/**
 * How long runs and their events are kept. Weeks are made ahead, and dropped whole; what was stored
 * is told of for ever.
 */
public final class History {
  private static final String ADD =
      "SELECT stowage.add_history(clock_timestamp() + interval '5 weeks') AS weeks";
  private static final String DROP =
      "SELECT stowage.drop_history(clock_timestamp() - make_interval(secs => $1)) AS weeks";
  // in slices: a day's keys may be many
  private static final String FORGET =
      """
      DELETE FROM stowage.idempotency WHERE (principal, key) IN (
        SELECT principal, key FROM stowage.idempotency WHERE created_at < clock_timestamp() - interval '24 hours'
        ORDER BY created_at LIMIT 5000) RETURNING 1""";
  private static final String UNUSED = "DELETE FROM stowage.concurrency c WHERE c.in_use = 0";
  private static final String CLOSED =
      """
      DELETE FROM stowage.session s WHERE s.state >= 3 AND s.last_seen_at < clock_timestamp() - interval '7 days'
        AND NOT EXISTS (SELECT 1 FROM stowage.live l WHERE l.session_id = s.id)""";

  private final Database database;

  History(Database database) {
    this.database = database;
  }

  /**
   * Makes the weeks to come and drops those before that time, except where a run lives still.
   *
   * @return how many weeks were dropped
   */
  public int keep(Duration time) {
    database.query(ADD);
    int dropped = database.first(DROP, (double) time.toSeconds()).orElseThrow().getInteger("weeks");
    database.query(UNUSED);
    database.query(CLOSED);
    return dropped;
  }

  /** Forgets idempotency keys after a day. */
  public void forget() {
    boolean more;
    do {
      more = !database.query(FORGET).isEmpty();
    } while (more);
  }
}
