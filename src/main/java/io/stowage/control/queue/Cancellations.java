package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Optional;
import java.util.UUID;

/**
 * Cancels runs: one that waits at once; one that runs by asking its worker, which hears of it with
 * the next heartbeat.
 */
public final class Cancellations {
  private static final String LIVE =
      "SELECT state, concurrency_key FROM stowage.live WHERE run_id = $1 FOR UPDATE";
  private static final String ASK =
      "UPDATE stowage.live SET state = 4, last_event = last_event + 1 WHERE run_id = $1 AND state = 3";

  private final Database database;
  private final Waiters waiters;
  private final QueueMetrics metrics;

  Cancellations(Database database, Waiters waiters, QueueMetrics metrics) {
    this.database = database;
    this.waiters = waiters;
    this.metrics = metrics;
  }

  /**
   * @return the state that the run is in now: {@code CANCELED} or {@code CANCELING}
   * @throws StowageException {@code NOT_FOUND}, or {@code CONFLICT} where it has ended
   */
  public RunState cancel(UUID run, String by) {
    var woken = new Short[1];
    RunState state =
        database.transaction(
            sql -> {
              var live = sql.first(LIVE, run);
              if (live.isEmpty()) {
                throw sql.first("SELECT outcome FROM stowage.run WHERE id = $1", run)
                    .map(
                        row ->
                            new StowageException(
                                ErrorCode.CONFLICT,
                                "run "
                                    + run
                                    + " has ended: it "
                                    + RunState.of(null, row.getShort("outcome")).word()))
                    .orElseGet(
                        () -> new StowageException(ErrorCode.NOT_FOUND, "there is no run " + run));
              }
              short at = live.get().getShort("state");
              if (at < RunState.RUNNING.live()) {
                RunEnds.end(
                    sql,
                    new RunEnds.End(
                        run,
                        RunState.CANCELED,
                        RunEnds.CANCELED,
                        false,
                        null,
                        "{\"code\":\"canceled\",\"message\":\"canceled before it started\"}"));
                if (at == RunState.QUEUED.live()) {
                  woken[0] = Concurrency.release(sql, live.get().getString("concurrency_key"));
                }
                return RunState.CANCELED;
              }
              if (at == RunState.RUNNING.live()) {
                RunEnds.event(sql, run, "cancel_requested", "by " + by, null);
                sql.query(ASK, run);
              }
              return RunState.CANCELING;
            });
    if (state == RunState.CANCELED) {
      metrics.ended(state.word());
    }
    Optional.ofNullable(woken[0]).ifPresent(queue -> waiters.wake(queue, 1));
    return state;
  }
}
