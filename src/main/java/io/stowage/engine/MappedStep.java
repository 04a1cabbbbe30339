package io.stowage.engine;

import io.stowage.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Executes a step for each value of a dynamic output, side by side with the run's other steps. One
 * that fails does not keep the others from ending; an attempt that comes after executes it alone.
 */
final class MappedStep {
  private final RunExecution run;
  private final Semaphore permits;

  MappedStep(RunExecution run, Semaphore permits) {
    this.run = run;
    this.permits = permits;
  }

  StepOutcome execute(PlannedStep step) {
    List<String> keys =
        run.progress().mappingKeys(step.spec().over().orElseThrow(), step.partitionText());
    var ends = new ArrayList<CompletableFuture<StepOutcome>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String key : keys) {
        ends.add(CompletableFuture.supplyAsync(() -> one(step.at(key)), threads));
      }
    }
    var outcomes = ends.stream().map(CompletableFuture::join).toList();
    StepOutcome outcome = all(outcomes);
    if (!(outcome instanceof StepOutcome.Lost)) {
      run.event(
          "step_" + outcome.word(),
          step,
          outcome instanceof StepOutcome.Failed failed ? failed.message() : "",
          Map.of("mapping_keys", keys.size()));
    }
    return outcome;
  }

  private StepOutcome one(PlannedStep call) {
    Optional<String> notEmitted = run.progress().notEmittedFor(call);
    if (notEmitted.isPresent()) {
      call.spec().outputs().forEach(output -> run.progress().notEmitted(call, output));
      return run.notReached(
          call, "needs " + notEmitted.get() + ", an optional output that was not emitted");
    }
    permits.acquireUninterruptibly();
    try {
      return run.execute(call);
    } finally {
      permits.release();
    }
  }

  /** The worst of them; of failures the first, and how many there were. */
  private static StepOutcome all(List<StepOutcome> outcomes) {
    for (Class<? extends StepOutcome> stops :
        List.of(StepOutcome.Lost.class, StepOutcome.Canceled.class)) {
      var stopped = outcomes.stream().filter(stops::isInstance).findFirst();
      if (stopped.isPresent()) {
        return stopped.get();
      }
    }
    var failures =
        outcomes.stream()
            .filter(StepOutcome.Failed.class::isInstance)
            .map(StepOutcome.Failed.class::cast)
            .toList();
    if (failures.isEmpty()) {
      return new StepOutcome.Succeeded();
    }
    var first = failures.getFirst();
    return failures.size() == 1
        ? first
        : new StepOutcome.Failed(
            first.code(),
            first.message()
                + " (and "
                + (failures.size() - 1)
                + " more of "
                + outcomes.size()
                + ")",
            first.causes(),
            first.retryAfter());
  }
}
