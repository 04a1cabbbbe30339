package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.plan.PlannedStep;
import io.stowage.plan.RunPlan;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Executes plans. One instance serves all runs of a worker, from several threads at once. */
public final class Engine {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  private final int mostSteps;
  private final EngineMetrics metrics;
  private final Clock clock;
  private final Pause pause;
  private final DoubleSupplier random;

  /** With chance as it comes. */
  public Engine(int mostSteps, EngineMetrics metrics, Clock clock, Pause pause) {
    this(mostSteps, metrics, clock, pause, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * @param mostSteps how many steps of one run are executed side by side, at least 1
   * @param random from 0, and below 1: what chance makes of the pauses between attempts
   */
  public Engine(
      int mostSteps, EngineMetrics metrics, Clock clock, Pause pause, DoubleSupplier random) {
    if (mostSteps < 1) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "an engine that executes " + mostSteps + " steps side by side would execute none");
    }
    this.mostSteps = mostSteps;
    this.metrics = metrics;
    this.clock = clock;
    this.pause = pause;
    this.random = random;
  }

  /**
   * Executes the plan, and returns when all of its steps have ended: a failed step takes those that
   * need it with it, as skipped; the others finish. A lost lease ends all of them. Blocks; never
   * throws because of a step.
   */
  public RunResult run(RunPlan plan, RunScope scope) {
    var run = new RunExecution(plan, scope, metrics, clock, pause, random);
    LOG.log(
        Level.INFO,
        "run {0} starts: {1} steps for {2}",
        plan.request().runId(),
        plan.steps().size(),
        plan.request().isJob() ? "job " + plan.request().jobName() : plan.request().assets());
    run.event(
        "run_started",
        null,
        plan.steps().size() + (plan.steps().size() == 1 ? " step" : " steps"),
        Map.of("steps", plan.steps().size(), "attempt", scope.attempt()));
    RunResult result = execute(plan, run);
    LOG.log(Level.INFO, "run {0} ends: {1}", plan.request().runId(), result.counts());
    return result;
  }

  private RunResult execute(RunPlan plan, RunExecution run) {
    var permits = new Semaphore(mostSteps);
    var ends = new ArrayList<CompletableFuture<StepOutcome>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (PlannedStep step : plan.steps()) {
        var before =
            step.after().stream()
                .sorted()
                .map(place -> new Needed(plan.steps().get(place), ends.get(place)))
                .toList();
        ends.add(CompletableFuture.supplyAsync(() -> end(step, before, permits, run), threads));
      }
    }
    var ended = new ArrayList<RunResult.Ended>();
    for (PlannedStep step : plan.steps()) {
      ended.add(new RunResult.Ended(step, ends.get(step.place()).join()));
    }
    return new RunResult(ended);
  }

  /** A step that another needs, and how it will have ended. */
  private record Needed(PlannedStep step, CompletableFuture<StepOutcome> end) {}

  private static StepOutcome end(
      PlannedStep step, List<Needed> before, Semaphore permits, RunExecution run) {
    var ended =
        before.stream().map(needed -> new HeldUp.Needed(needed.step, needed.end.join())).toList();
    var heldUp = HeldUp.reason(ended, run);
    if (heldUp.isPresent()) {
      return run.notReached(step, heldUp.get());
    }
    var notEmitted = run.progress().notEmittedFor(step);
    if (notEmitted.isPresent()) {
      return run.notReached(
          step, "needs " + notEmitted.get() + ", an optional output that was not emitted");
    }
    if (step.isMapped()) {
      return new MappedStep(run, permits).execute(step);
    }
    permits.acquireUninterruptibly();
    try {
      return run.execute(step);
    } finally {
      permits.release();
    }
  }
}
