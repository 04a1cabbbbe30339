package io.stowage.engine;

import io.stowage.plan.PlannedStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a run ended.
 *
 * @param steps in the order of the plan
 */
public record RunResult(List<Ended> steps) {
  public record Ended(PlannedStep step, StepOutcome outcome) {}

  public RunResult {
    steps = List.copyOf(steps);
  }

  /**
   * Whether no step failed, was canceled or lost. A step may be skipped: for an optional output
   * that was not emitted.
   */
  public boolean succeeded() {
    return steps.stream()
        .allMatch(
            step ->
                step.outcome().letsOthersRun() || step.outcome() instanceof StepOutcome.Skipped);
  }

  public boolean lost() {
    return steps.stream().anyMatch(step -> step.outcome() instanceof StepOutcome.Lost);
  }

  public boolean canceled() {
    return steps.stream().anyMatch(step -> step.outcome() instanceof StepOutcome.Canceled);
  }

  /** The first failure in the order of the plan. */
  public Optional<StepOutcome.Failed> failure() {
    return steps.stream()
        .map(Ended::outcome)
        .filter(StepOutcome.Failed.class::isInstance)
        .map(StepOutcome.Failed.class::cast)
        .findFirst();
  }

  /** How many steps ended in which way. */
  public Map<String, Integer> counts() {
    var counts = new TreeMap<String, Integer>();
    steps.forEach(step -> counts.merge(step.outcome().word(), 1, Integer::sum));
    return counts;
  }
}
