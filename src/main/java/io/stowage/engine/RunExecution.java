package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.Materialization;
import io.stowage.api.partition.PartitionContext;
import io.stowage.plan.CronUtilsSchedules;
import io.stowage.plan.PlannedStep;
import io.stowage.plan.RunPlan;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt at a run: what its steps share, and each step's attempts. */
final class RunExecution {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  private final RunPlan plan;
  private final RunScope scope;
  private final EngineMetrics metrics;
  private final Clock clock;
  private final Pause pause;
  private final RetryWait wait;
  private final RunKeys keys;
  private final RunProgress progress;
  private final Map<AssetKey, Optional<Materialization>> newest = new ConcurrentHashMap<>();
  private volatile boolean lost;

  RunExecution(
      RunPlan plan,
      RunScope scope,
      EngineMetrics metrics,
      Clock clock,
      Pause pause,
      DoubleSupplier random) {
    this.plan = plan;
    this.scope = scope;
    this.metrics = metrics;
    this.clock = clock;
    this.pause = pause;
    this.wait = new RetryWait(this, random);
    this.keys = new RunKeys(plan.request().runId(), scope.graph());
    this.progress = new RunProgress(scope, keys);
  }

  RunPlan plan() {
    return plan;
  }

  RunScope scope() {
    return scope;
  }

  RunKeys keys() {
    return keys;
  }

  RunProgress progress() {
    return progress;
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

  /** Whether to stop: on request, or since the lease is lost. */
  Cancellation cancellation() {
    return () -> lost || scope.cancellation().requested();
  }

  /** For windows of a definition. */
  PartitionContext partitions() {
    return plan.context().withCrons(new CronUtilsSchedules());
  }

  void event(String type, @Nullable PlannedStep step, String message, Map<String, Object> data) {
    scope
        .ledger()
        .record(
            new StepEvent(
                clock.instant(),
                type,
                step == null ? null : step.name(),
                step == null ? null : step.partitionText(),
                message,
                data));
  }

  /**
   * The step without the partitions that an earlier attempt committed, so that the method is not
   * asked for them again. It has none where nothing is left to do.
   */
  private PlannedStep left(PlannedStep step) {
    if (!step.ranged()) {
      return step;
    }
    var left =
        step.partitions().stream().filter(key -> !progress.isDone(step, key.text())).toList();
    return left.size() == step.partitions().size() ? step : plan.narrowed(step, left);
  }

  private boolean isCommitted(PlannedStep step) {
    return step.ranged()
        ? left(step).partitions().isEmpty()
        : progress.isDone(step, step.partitionText());
  }

  /**
   * The newest materialization of the asset in any partition, as the ledger had it when this run
   * first asked.
   */
  Optional<Materialization> before(AssetKey asset) {
    return newest.computeIfAbsent(asset, scope.ledger()::newest);
  }

  /** How a step ends that is not executed, since another did not succeed. */
  StepOutcome notReached(PlannedStep step, String reason) {
    return lost ? new StepOutcome.Lost() : skipped(step, reason);
  }

  private StepOutcome skipped(PlannedStep step, String reason) {
    LOG.log(Level.INFO, "run {0}: {1} is skipped: {2}", plan.request().runId(), step, reason);
    event("step_skipped", step, reason, Map.of());
    return new StepOutcome.Skipped(reason);
  }

  /** Never throws: what goes wrong here is how the step ended. */
  StepOutcome execute(PlannedStep step) {
    if (step.spec().check().isEmpty() && isCommitted(step)) {
      progress.leftOut(step);
      LOG.log(Level.INFO, "run {0}: {1} was committed before", plan.request().runId(), step);
      event("step_succeeded", step, "committed before", Map.of("repeated", true));
      return new StepOutcome.Succeeded();
    }
    Instant start = clock.instant();
    var data = new HashMap<String, Object>();
    StepOutcome outcome;
    try {
      outcome = attempts(step, data);
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.ERROR,
          "run " + plan.request().runId() + ": " + step + " failed by a fault of the engine",
          e);
      outcome =
          new StepOutcome.Failed(
              ErrorCode.INTERNAL_ERROR, "execute '" + step + "': " + e, StepFailure.causes(e));
    }
    Duration took = Duration.between(start, clock.instant());
    metrics.stepEnded(step.spec().declaration().group(), outcome.word(), took);
    data.put("seconds", took.toNanos() / 1e9);
    tell(step, outcome, data);
    return outcome;
  }

  /**
   * @param data what is said of the step when it ends
   */
  private StepOutcome attempts(PlannedStep step, Map<String, Object> data) {
    int most = step.spec().declaration().attempts();
    for (int attempt = 1; !cancellation().requested(); attempt++) {
      PlannedStep left = left(step);
      String range =
          left.partitions().size() < 2 ? "" : " over " + left.partitions().size() + " partitions";
      event("step_started", step, "attempt " + attempt + range, started(left, attempt));
      var execution = new StepExecution(this, left, attempt);
      try {
        return execution.run();
      } catch (StepFailure failure) {
        var outcome = outcomeOf(failure);
        if (!(outcome instanceof StepOutcome.Failed)
            || attempt >= most
            || !failure.mayPass()
            || !step.spec().declaration().retryRules().on().contains(failure.kind())
            || (failure.kind() == ErrorKind.ASSET && isAllStored(step))) {
          data.put("metadata", StepInputs.data(failure.metadata()));
          return outcome;
        }
        if (isAllStored(step)) {
          return new StepOutcome.Succeeded(); // it was the last answer that was lost
        }
        if (!wait.after(step, failure, attempt)) {
          return new StepOutcome.Canceled();
        }
      } finally {
        data.putAll(execution.seconds());
        data.put("attempt", attempt);
      }
    }
    return stopped();
  }

  /** Whether another attempt at a range would have nothing to compute. */
  private boolean isAllStored(PlannedStep step) {
    return step.ranged() && left(step).partitions().isEmpty();
  }

  private static Map<String, Object> started(PlannedStep step, int attempt) {
    var partitions = step.partitions();
    return partitions.size() < 2
        ? Map.of("attempt", attempt)
        : Map.of(
            "attempt",
            attempt,
            "partitions",
            partitions.size(),
            "from",
            partitions.getFirst().text(),
            "to",
            partitions.getLast().text());
  }

  /** How a step ends that did not begin, or did not get to its end, since the run is to stop. */
  private StepOutcome stopped() {
    return lost ? new StepOutcome.Lost() : new StepOutcome.Canceled();
  }

  private StepOutcome outcomeOf(StepFailure failure) {
    return switch (failure.code()) {
      case LEASE_LOST, SESSION_GONE -> {
        lost = true;
        yield new StepOutcome.Lost();
      }
      case CANCELED -> stopped();
      case SUPERSEDED -> new StepOutcome.Superseded();
      default ->
          cancellation().requested()
              ? stopped()
              : new StepOutcome.Failed(
                  failure.code(),
                  failure.message(),
                  failure.causes(),
                  failure.retryAfter().orElse(null));
    };
  }

  private void tell(PlannedStep step, StepOutcome outcome, Map<String, Object> data) {
    String message = "";
    Level level = Level.INFO;
    if (outcome instanceof StepOutcome.Failed(var code, var failed, var causes, _)) {
      data.put("code", code.word());
      data.put("causes", causes);
      message = failed;
      level = Level.WARNING;
    }
    LOG.log(
        level,
        "run {0}: {1} {2} after {3} s{4}",
        plan.request().runId(),
        step,
        outcome.word(),
        data.get("seconds"),
        message.isEmpty() ? "" : ": " + message);
    if (!(outcome instanceof StepOutcome.Lost)) {
      event("step_" + outcome.word(), step, message, data);
    }
  }
}
