package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.queue.Database.Sql;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.Completion;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts: the lease's holder says how, and only he. A repeat gets the same answer; another
 * outcome is refused.
 */
public final class Completions {
  private static final String SUCCEED =
      """
      WITH gone AS (
        DELETE FROM stowage.live WHERE run_id = $1 AND lease_id = $2 AND session_id = $3 AND state >= 3
          AND concurrency_key IS NULL
        RETURNING run_id, lease_id, epoch, fence, session_id, claimed_at, attempt, losses, last_event),
      fin AS (
        UPDATE stowage.run r SET outcome = 1, finished_at = clock_timestamp(), attempts = g.attempt + 1, losses = g.losses,
          result = $4::text::jsonb FROM gone g WHERE r.id = g.run_id),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT run_id, last_event + 1, clock_timestamp(), 'succeeded', '', coalesce($4::text::jsonb, '{}') FROM gone),
      att AS (
        INSERT INTO stowage.attempt (lease_id, run_id, epoch, fence, session_id, claimed_at, outcome)
        SELECT lease_id, run_id, epoch, fence, session_id, claimed_at, 1 FROM gone)
      SELECT run_id FROM gone""";
  private static final String HELD =
      """
      SELECT run_id, queue_id, state, attempt, losses, max_attempts, concurrency_key FROM stowage.live
      WHERE run_id = $1 AND lease_id = $2 AND session_id = $3 AND state >= 3 FOR UPDATE""";
  private static final String ENDED = "SELECT outcome FROM stowage.attempt WHERE lease_id = $1";
  private static final String AGAIN =
      """
      UPDATE stowage.live SET state = 0, attempt = attempt + 1, visible_at = clock_timestamp() + $2 * interval '1 millisecond',
        lease_id = NULL, session_id = NULL, fence = NULL, claimed_at = NULL, deadline_at = NULL, last_event = last_event + 1
      WHERE run_id = $1""";

  private static final Duration BACKOFF_BASE = Duration.ofSeconds(2);
  private static final Duration BACKOFF_CAP = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 20;

  private final Database database;
  private final Sessions sessions;
  private final Waiters waiters;
  private final QueueMetrics metrics;

  Completions(Database database, Sessions sessions, Waiters waiters, QueueMetrics metrics) {
    this.database = database;
    this.sessions = sessions;
    this.waiters = waiters;
    this.metrics = metrics;
  }

  public CompleteAnswer complete(long session, String secret, CompleteRequest request) {
    sessions.known(session, secret);
    var answers = new ArrayList<CompleteAnswer.Answer>();
    for (Completion completion : request.completions()) {
      answers.add(new CompleteAnswer.Answer(completion.leaseId(), complete(session, completion)));
    }
    return new CompleteAnswer(answers);
  }

  private String complete(long session, Completion completion) {
    RunState outcome = outcome(completion);
    if (outcome == RunState.SUCCEEDED
        && !database
            .query(
                SUCCEED,
                completion.runId(),
                completion.leaseId(),
                session,
                json(completion.result()))
            .isEmpty()) {
      metrics.ended(outcome.word());
      return "recorded";
    }
    var done = database.transaction(sql -> end(sql, session, completion, outcome));
    done.woken().ifPresent(queue -> waiters.wake(queue, 1));
    if (done.answer().equals("recorded")) {
      metrics.ended(done.state().word());
    } else if (done.answer().equals("lease_lost")) {
      metrics.stale();
    }
    return done.answer();
  }

  private record Done(String answer, RunState state, Optional<Short> woken) {}

  private static RunState outcome(Completion completion) {
    return switch (completion.outcome()) {
      case "succeeded" -> RunState.SUCCEEDED;
      case "failed" -> RunState.FAILED;
      case "canceled" -> RunState.CANCELED;
      default ->
          throw new StowageException(
              ErrorCode.INVALID_REQUEST,
              "outcome '" + completion.outcome() + "' is none of succeeded, failed, canceled");
    };
  }

  private static Done end(Sql sql, long session, Completion completion, RunState outcome) {
    var held = sql.first(HELD, completion.runId(), completion.leaseId(), session);
    if (held.isEmpty()) {
      return new Done(repeated(sql, completion, outcome), outcome, Optional.empty());
    }
    Row live = held.get();
    RunState end =
        live.getShort("state") == RunState.CANCELING.live() && outcome != RunState.SUCCEEDED
            ? RunState.CANCELED
            : outcome;
    int attempts = live.getShort("attempt") + 1;
    if (end == RunState.FAILED && completion.retry() && attempts < live.getShort("max_attempts")) {
      again(sql, completion, attempts);
      end = RunState.SCHEDULED;
    } else {
      if (end == RunState.FAILED && completion.retry()) {
        end = RunState.DEAD;
      }
      RunEnds.end(
          sql,
          new RunEnds.End(
              completion.runId(),
              end,
              attempt(end),
              true,
              json(completion.result()),
              json(completion.error())));
    }
    return new Done(
        "recorded",
        end,
        Optional.ofNullable(Concurrency.release(sql, live.getString("concurrency_key"))));
  }

  private static short attempt(RunState end) {
    return switch (end) {
      case SUCCEEDED -> RunEnds.SUCCEEDED;
      case CANCELED -> RunEnds.CANCELED;
      default -> RunEnds.FAILED;
    };
  }

  /** Full jitter, so that what failed together does not come back together. */
  private static void again(Sql sql, Completion completion, int attempts) {
    long most =
        Math.min(
            BACKOFF_CAP.toMillis(),
            BACKOFF_BASE.toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS));
    long delay = ThreadLocalRandom.current().nextLong(most + 1);
    RunEnds.attempt(sql, completion.runId(), RunEnds.FAILED, json(completion.error()));
    RunEnds.event(
        sql,
        completion.runId(),
        "retry_scheduled",
        "attempt " + attempts + " failed; tried again in " + delay / 1000.0 + " s",
        json(completion.error()));
    sql.query(AGAIN, completion.runId(), delay);
  }

  private static String repeated(Sql sql, Completion completion, RunState outcome) {
    return sql.first(ENDED, completion.leaseId())
        .filter(row -> row.getShort("outcome") == attempt(outcome))
        .map(_ -> "replayed")
        .orElse("lease_lost");
  }

  private static @Nullable String json(@Nullable Map<String, Object> value) {
    return value == null ? null : Json.text(value);
  }
}
