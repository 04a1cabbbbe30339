package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.plan.PlannedStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a step does not run, given how those ended that it needs. */
final class HeldUp {
  private HeldUp() {}

  /** A step that another needs, and how it ended. */
  record Needed(PlannedStep step, StepOutcome outcome) {
    private boolean isCheck() {
      return step.spec().check().isPresent();
    }
  }

  /** Empty where nothing is in the way. */
  static Optional<String> reason(List<Needed> before, RunExecution run) {
    var missing =
        before.stream()
            .filter(needed -> !needed.outcome.letsOthersRun())
            .filter(needed -> !needed.isCheck() || run.progress().isEmitted(needed.step))
            .toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    // Where an asset is not there, that its checks were skipped says nothing new.
    var assets = missing.stream().filter(needed -> !needed.isCheck()).toList();
    if (!assets.isEmpty()) {
      return Optional.of(needs(assets));
    }
    return Optional.of(missing.stream().map(HeldUp::sentence).collect(Collectors.joining("; ")));
  }

  private static String needs(List<Needed> missing) {
    return "needs "
        + missing.stream().map(needed -> needed.step.toString()).collect(Collectors.joining(", "))
        + ", which did not succeed";
  }

  private static String sentence(Needed needed) {
    return needed.outcome instanceof StepOutcome.Failed failed
            && failed.code() == ErrorCode.CHECK_FAILED
        ? "held up since " + failed.message()
        : needs(List.of(needed));
  }
}
