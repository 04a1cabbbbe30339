package io.stowage.engine;

import io.stowage.api.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a step ended. */
public sealed interface StepOutcome {
  /**
   * Executed now, or committed before, by an earlier attempt or the run that this one goes on from.
   */
  record Succeeded() implements StepOutcome {}

  /** Stored, but a newer run's materialization stands. */
  record Superseded() implements StepOutcome {}

  /**
   * @param causes messages from the outermost to the root
   * @param retryAfter how long who failed asks to be left alone; null where it did not say
   */
  record Failed(ErrorCode code, String message, List<String> causes, @Nullable Duration retryAfter)
      implements StepOutcome {
    Failed(ErrorCode code, String message, List<String> causes) {
      this(code, message, causes, null);
    }
  }

  /**
   * A step that this one needs did not succeed, or an optional output that it needs was not
   * emitted.
   */
  record Skipped(String reason) implements StepOutcome {}

  record Canceled() implements StepOutcome {}

  /** The lease went to somebody else: nothing may be said of the step here. */
  record Lost() implements StepOutcome {}

  /** Whether steps that need this one may run. */
  default boolean letsOthersRun() {
    return this instanceof Succeeded || this instanceof Superseded;
  }

  default String word() {
    return switch (this) {
      case Succeeded _ -> "succeeded";
      case Superseded _ -> "superseded";
      case Failed _ -> "failed";
      case Skipped _ -> "skipped";
      case Canceled _ -> "canceled";
      case Lost _ -> "lost";
    };
  }
}
