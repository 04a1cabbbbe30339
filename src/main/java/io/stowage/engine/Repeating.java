package io.stowage.engine;

import io.stowage.api.ErrorKind;
import io.stowage.api.RetryRequested;
import io.stowage.api.StowageException;
import io.stowage.plan.PlannedStep;
import java.time.Duration;
import java.util.Map;

/**
 * Repeats a call to a store by itself where it fails for the moment, so that nothing is computed
 * again.
 */
final class Repeating {
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_DELAY = Duration.ofMillis(400);

  private final RunExecution run;
  private final PlannedStep step;

  Repeating(RunExecution run, PlannedStep step) {
    this.run = run;
    this.step = step;
  }

  /** A call that may be made again. */
  interface Operation {
    void call() throws Exception;
  }

  void call(Operation operation) throws Exception {
    for (int tried = 1; ; tried++) {
      try {
        operation.call();
        return;
      } catch (StowageException e) {
        // Who asks for a retry after a while means the step's, which counts it.
        boolean again = e.kind() == ErrorKind.TRANSIENT && !(e instanceof RetryRequested);
        if (!again || tried >= ATTEMPTS || run.cancellation().requested()) {
          throw e;
        }
        run.metrics().callRepeated();
        run.event("log", step, e.getMessage() + "; tried again", Map.of("level", "WARNING"));
        run.pause().of(FIRST_DELAY.multipliedBy(1L << (tried - 1)));
      }
    }
  }
}
