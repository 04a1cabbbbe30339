package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.queue.Delivery.Ready;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;

/**
 * Cancels runs: one that waits at once; one that runs by asking its worker, which hears of it with
 * the next heartbeat. A worker that has not ended the run when its grace is over loses its lease.
 */
public final class Cancellations {
  private static final String LIVE =
      "SELECT state, concurrency_keys FROM stowage.live WHERE run_id = $1 FOR UPDATE";
  private static final String ASK =
      """
      UPDATE stowage.live SET state = 4, last_event = last_event + 1,
        deadline_at = least(deadline_at, clock_timestamp() + $2::bigint * interval '1 millisecond')
      WHERE run_id = $1 AND state = 3""";

  private final Database database;
  private final Delivery delivery;
  private final QueueMetrics metrics;
  private final Duration grace;

  Cancellations(Database database, Delivery delivery, QueueMetrics metrics, Duration grace) {
    this.database = database;
    this.delivery = delivery;
    this.metrics = metrics;
    this.grace = grace;
  }

  /**
   * @return the state that the run is in now: {@code CANCELED} or {@code CANCELING}
   * @throws StowageException {@code NOT_FOUND}, or {@code CONFLICT} where it has ended
   */
  public RunState cancel(UUID run, String by) {
    var ready = new ArrayList<Ready>();
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
                        RunEnds.error("canceled", "canceled by " + by + " before it started")));
                if (at == RunState.QUEUED.live()) {
                  ready.addAll(Concurrency.release(sql, RunEnds.keys(live.get())));
                }
                return RunState.CANCELED;
              }
              if (at == RunState.RUNNING.live()) {
                RunEnds.event(sql, run, "cancel_requested", "by " + by, null);
                sql.query(ASK, run, grace.toMillis());
              }
              return RunState.CANCELING;
            });
    if (state == RunState.CANCELED) {
      metrics.ended(state.word());
    }
    delivery.ready(ready);
    return state;
  }
}
