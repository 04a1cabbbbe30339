package io.stowage.engine;

import io.stowage.plan.PlannedStep;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Writes to the worker's log and to the run's events. */
final class StepLogger implements System.Logger {
  private final RunExecution run;
  private final PlannedStep step;
  private final System.Logger log;

  StepLogger(RunExecution run, PlannedStep step) {
    this.run = run;
    this.step = step;
    this.log = System.getLogger("stowage.asset." + step.spec().step().replace('/', '.'));
  }

  @Override
  public String getName() {
    return log.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return log.isLoggable(level);
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      log.log(
          level,
          "run {0}: {1}: {2}",
          run.plan().request().runId(),
          step,
          thrown == null ? message : message + ": " + thrown);
      run.event(
          "log",
          step,
          thrown == null ? message : message + ": " + thrown,
          Map.of("level", level.getName()));
    }
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
    if (isLoggable(level)) {
      log(
          level,
          bundle,
          values == null || values.length == 0 ? format : formatted(format, values),
          (Throwable) null);
    }
  }

  /** A line that cannot be formatted is logged as it is: it is no reason for a step to fail. */
  private static String formatted(String format, @Nullable Object[] values) {
    try {
      return MessageFormat.format(format, values);
    } catch (IllegalArgumentException e) {
      return format + " " + Arrays.toString(values);
    }
  }
}
