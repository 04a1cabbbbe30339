package io.stowage.control.queue;

import io.stowage.control.database.Database.Sql;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has to be written when a run, or an attempt at one, ends; inside the transaction of whoever
 * ends it.
 */
final class RunEnds {
  static final short SUCCEEDED = 1;
  static final short FAILED = 2;
  static final short LOST = 3;
  static final short CANCELED = 4;
  static final short TIMED_OUT = 6;

  private static final String ATTEMPT =
      """
      INSERT INTO stowage.attempt (lease_id, run_id, epoch, fence, session_id, claimed_at, outcome, error)
      SELECT lease_id, run_id, epoch, fence, session_id, claimed_at, $2, $3::text::jsonb FROM stowage.live
      WHERE run_id = $1 AND lease_id IS NOT NULL""";
  private static final String EVENT =
      """
      INSERT INTO stowage.event (run_id, n, at, type, message, data)
      SELECT run_id, last_event + 1, clock_timestamp(), $2, $3, coalesce($4::text::jsonb, '{}') FROM stowage.live WHERE run_id = $1""";
  private static final String RUN =
      """
      UPDATE stowage.run r SET outcome = $2, finished_at = clock_timestamp(), attempts = l.attempt + $3, losses = l.losses,
        started_at = l.claimed_at, result = $4::text::jsonb, error = $5::text::jsonb
      FROM stowage.live l WHERE l.run_id = r.id AND r.id = $1""";
  private static final String UNSUCCESSFUL =
      """
      INSERT INTO stowage.unsuccessful (run_id, queue_id, outcome, reason)
      SELECT run_id, queue_id, $2, coalesce($3::text::jsonb ->> 'code', 'unknown') FROM stowage.live WHERE run_id = $1""";
  private static final String GONE = "DELETE FROM stowage.live WHERE run_id = $1";

  private RunEnds() {}

  /**
   * @param attempt how the lease ended; ignored where there is none
   * @param counted whether an attempt was made
   */
  record End(
      UUID run,
      RunState state,
      short attempt,
      boolean counted,
      @Nullable String result,
      @Nullable String error) {}

  static void end(Sql sql, End end) {
    attempt(sql, end.run(), end.attempt(), end.error());
    event(sql, end.run(), end.state().word(), "", end.error());
    sql.query(
        RUN,
        end.run(),
        end.state().outcome(),
        (short) (end.counted() ? 1 : 0),
        end.result(),
        end.error());
    if (end.state() != RunState.SUCCEEDED) {
      sql.query(UNSUCCESSFUL, end.run(), end.state().outcome(), end.error());
    }
    sql.query(GONE, end.run());
  }

  /** The concurrency keys of a live run, of which it may hold units. */
  static List<String> keys(Row live) {
    String[] keys = live.getArrayOfStrings("concurrency_keys");
    return keys == null ? List.of() : List.of(keys);
  }

  /** As it stands in {@code run.error}. */
  static String error(String code, String message) {
    return Json.text(Map.of("code", code, "message", message));
  }

  static void attempt(Sql sql, UUID run, short outcome, @Nullable String error) {
    sql.query(ATTEMPT, run, outcome, error);
  }

  /** The last of a live run: whoever calls it counts it, by an update or by removing the row. */
  static void event(Sql sql, UUID run, String type, String message, @Nullable String data) {
    sql.query(EVENT, run, type, message, data);
  }
}
