package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.queue.Delivery.Ready;
import io.stowage.control.queue.Sessions.Known;
import io.stowage.control.queue.WorkBatch.End;
import io.stowage.control.queue.WorkBatch.Work;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts: the lease's holder says how, and only he. A repeat gets the same answer; another
 * outcome is refused.
 */
public final class Completions {
  private static final String BEFORE =
      "SELECT outcome FROM stowage.attempt WHERE run_id = $1 AND lease_id = $2";

  private final Database database;
  private final Sessions sessions;
  private final Leasing leasing;
  private final Delivery delivery;
  private final QueueMetrics metrics;

  Completions(
      Database database,
      Sessions sessions,
      Leasing leasing,
      Delivery delivery,
      QueueMetrics metrics) {
    this.database = database;
    this.sessions = sessions;
    this.leasing = leasing;
    this.delivery = delivery;
    this.metrics = metrics;
  }

  /** Ends the attempts, and leases as many runs as asked for, in one statement with other calls. */
  public CompleteAnswer complete(long session, String secret, CompleteRequest request) {
    Known known = sessions.known(session, secret);
    request
        .completions()
        .forEach(Completions::outcome); // refuses the whole call where one makes no sense
    var work =
        new Work(
            session,
            known.offer(),
            request.completions(),
            Leasing.sensible(Objects.requireNonNullElse(request.claim(), 0)));
    var done = leasing.together(work);
    var answers = new ArrayList<CompleteAnswer.Answer>();
    for (int i = 0; i < request.completions().size(); i++) {
      Completion completion = request.completions().get(i);
      String state = state(work, completion, done.ends().get(i));
      answers.add(new CompleteAnswer.Answer(completion.leaseId(), state));
    }
    return new CompleteAnswer(answers, leasing.leases(done));
  }

  private String state(Work work, Completion completion, End end) {
    return end.finish() != null ? recorded(completion, end) : alone(work, completion);
  }

  private String recorded(Completion completion, End end) {
    metrics.attempted(completion.outcome(), kind(completion));
    if (end.finish() != null) {
      metrics.ended(
          end.finish() == 0 ? RunState.SCHEDULED.word() : RunState.of(null, end.finish()).word());
    }
    return "recorded";
  }

  private static @Nullable String kind(Completion completion) {
    var error = completion.error();
    return error == null ? null : String.valueOf(error.get("kind"));
  }

  /** Where the run holds units of concurrency keys; or where the lease is not held, or no more. */
  private String alone(Work work, Completion completion) {
    var one = new Work(work.session(), work.offer(), List.of(completion), 0);
    var ready = new ArrayList<Ready>();
    End end =
        database.transaction(
            sql -> {
              End ended = WorkBatch.end(sql, one);
              if (ended.finish() != null) {
                ready.addAll(Concurrency.release(sql, ended.keys()));
              }
              return ended;
            });
    delivery.ready(ready);
    if (end.finish() != null) {
      return recorded(completion, end);
    }
    if (isRepeat(completion, before(completion))) {
      return "replayed";
    }
    metrics.stale("complete");
    return "lease_lost";
  }

  /** How the lease had ended already; null where it has not. */
  private @Nullable Short before(Completion completion) {
    return database
        .first(BEFORE, completion.runId(), completion.leaseId())
        .map(row -> row.getShort("outcome"))
        .orElse(null);
  }

  /** What failed while it was being canceled stands as canceled. */
  private static boolean isRepeat(Completion completion, @Nullable Short before) {
    RunState outcome = outcome(completion);
    return before != null
        && (before.equals(ATTEMPTS.get(outcome))
            || (before == RunEnds.CANCELED && outcome == RunState.FAILED));
  }

  private static final Map<RunState, Short> ATTEMPTS =
      Map.of(
          RunState.SUCCEEDED,
          RunEnds.SUCCEEDED,
          RunState.FAILED,
          RunEnds.FAILED,
          RunState.CANCELED,
          RunEnds.CANCELED);

  static RunState outcome(Completion completion) {
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
}
