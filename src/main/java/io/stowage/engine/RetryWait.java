package io.stowage.engine;

import io.stowage.catalog.AssetDeclaration;
import io.stowage.plan.PlannedStep;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** The wait between two attempts at a step. */
final class RetryWait {
  // A run that is to stop does not wait for longer than this.
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final RunExecution run;
  private final DoubleSupplier random;

  RetryWait(RunExecution run, DoubleSupplier random) {
    this.run = run;
    this.random = random;
  }

  /**
   * @return false where the wait was interrupted
   */
  boolean after(PlannedStep step, StepFailure failure, int attempt) {
    AssetDeclaration declaration = step.spec().declaration();
    // Who asks for a while means that while.
    Duration delay =
        failure
            .retryAfter()
            .orElseGet(
                () ->
                    declaration
                        .retryRules()
                        .after(attempt, declaration.retryDelay(), random.getAsDouble()));
    run.metrics().stepRetried(declaration.group());
    run.event(
        "step_retried",
        step,
        failure.message() + "; tried again in " + delay.toMillis() / 1000.0 + " s",
        Map.of(
            "attempt",
            attempt,
            "code",
            failure.code().word(),
            "causes",
            failure.causes(),
            "metadata",
            StepInputs.data(failure.metadata())));
    try {
      for (Duration left = delay;
          left.isPositive() && !run.cancellation().requested();
          left = left.minus(LONGEST)) {
        run.pause().of(left.compareTo(LONGEST) < 0 ? left : LONGEST);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
