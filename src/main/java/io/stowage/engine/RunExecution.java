package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.plan.PlannedStep;
import io.stowage.plan.RunPlan;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One attempt at a run: what its steps share, and each step's attempts. */
final class RunExecution {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());
  private static final int LONGEST_BACKOFF_DOUBLINGS = 10;

  private final RunPlan plan;
  private final RunScope scope;
  private final EngineMetrics metrics;
  private final Clock clock;
  private final Pause pause;
  private final Map<Slot, Materialization> made = new ConcurrentHashMap<>();

  /** An asset, and the partition of it; empty where it has none. */
  private record Slot(AssetKey asset, String partition) {}

  RunExecution(RunPlan plan, RunScope scope, EngineMetrics metrics, Clock clock, Pause pause) {
    this.plan = plan;
    this.scope = scope;
    this.metrics = metrics;
    this.clock = clock;
    this.pause = pause;
    scope.committed().forEach(committed -> made(committed.materialization()));
  }

  RunPlan plan() {
    return plan;
  }

  RunScope scope() {
    return scope;
  }

  EngineMetrics metrics() {
    return metrics;
  }

  Clock clock() {
    return clock;
  }

  Pause pause() {
    return pause;
  }

  void event(String type, @Nullable PlannedStep step, String message, Map<String, Object> data) {
    scope.ledger().record(
        new StepEvent(
            clock.instant(), type, step == null ? null : step.spec().step(), step == null ? null : step.partitionText(), message, data));
  }

  void made(Materialization materialization) {
    made.put(new Slot(materialization.asset(), materialization.partition()), materialization);
  }

  /** What this run itself made of the asset, which goes before what the ledger has as current. */
  Optional<Materialization> made(AssetKey asset, String partition) {
    return Optional.ofNullable(made.get(new Slot(asset, partition)));
  }

  boolean isCommitted(PlannedStep step, String output) {
    return scope.committed().stream()
        .anyMatch(
            committed ->
                committed.step().equals(step.spec().step())
                    && committed.output().equals(output)
                    && committed.materialization().partition().equals(step.partitionText()));
  }

  StepOutcome skipped(PlannedStep step, String reason) {
    LOG.log(Level.INFO, "run {0}: {1} is skipped: {2}", plan.request().runId(), step, reason);
    event("step_skipped", step, reason, Map.of());
    return new StepOutcome.Skipped(reason);
  }

  StepOutcome execute(PlannedStep step) {
    if (step.spec().outputs().stream().allMatch(output -> isCommitted(step, output.name()))) {
      event("step_succeeded", step, "committed by an earlier attempt", Map.of("repeated", true));
      return new StepOutcome.Succeeded();
    }
    Instant start = clock.instant();
    StepOutcome outcome = attempts(step);
    Duration took = Duration.between(start, clock.instant());
    metrics.stepEnded(step.spec().declaration().group(), outcome.word(), took);
    tell(step, outcome, took);
    return outcome;
  }

  private StepOutcome attempts(PlannedStep step) {
    int most = step.spec().declaration().attempts();
    for (int attempt = 1; ; attempt++) {
      try {
        scope.cancellation().throwIfRequested();
        event("step_started", step, "attempt " + attempt, Map.of("attempt", attempt));
        return new StepExecution(this, step, attempt).run();
      } catch (StepFailure failure) {
        var outcome = outcomeOf(failure);
        if (!(outcome instanceof StepOutcome.Failed) || attempt >= most || failure.kind() == ErrorKind.CALLER) {
          return outcome;
        }
        if (!waited(step, failure, attempt)) {
          return new StepOutcome.Canceled();
        }
      } catch (StowageException canceled) {
        return new StepOutcome.Canceled();
      }
    }
  }

  private StepOutcome outcomeOf(StepFailure failure) {
    return switch (failure.code()) {
      case LEASE_LOST, SESSION_GONE -> new StepOutcome.Lost();
      case CANCELED -> new StepOutcome.Canceled();
      default -> scope.cancellation().requested()
          ? new StepOutcome.Canceled()
          : new StepOutcome.Failed(failure.code(), failure.message(), failure.causes());
    };
  }

  /** @return false where the wait was interrupted */
  private boolean waited(PlannedStep step, StepFailure failure, int attempt) {
    Duration delay =
        failure
            .retryAfter()
            .orElseGet(
                () ->
                    step.spec().declaration().retryDelay().multipliedBy(1L << Math.min(attempt - 1, LONGEST_BACKOFF_DOUBLINGS)));
    event(
        "step_retried", step, failure.message() + "; tried again in " + delay.toMillis() / 1000.0 + " s",
        Map.of("attempt", attempt));
    try {
      pause.of(delay);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void tell(PlannedStep step, StepOutcome outcome, Duration took) {
    double seconds = took.toMillis() / 1000.0;
    var data = new HashMap<String, Object>(Map.of("seconds", seconds));
    String message = "";
    Level level = Level.INFO;
    if (outcome instanceof StepOutcome.Failed(ErrorCode code, String failed, List<String> causes)) {
      data.put("code", code.word());
      data.put("causes", causes);
      message = failed;
      level = Level.WARNING;
    }
    LOG.log(level, "run {0}: {1} {2} after {3} s{4}", plan.request().runId(), step, outcome.word(), seconds, message.isEmpty() ? "" : ": " + message);
    event("step_" + outcome.word(), step, message, data);
  }
}
