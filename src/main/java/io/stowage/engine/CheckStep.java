package io.stowage.engine;

import io.stowage.api.CheckResult;
import io.stowage.api.ErrorCode;
import io.stowage.api.Materialization;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.catalog.CheckDeclaration;
import io.stowage.plan.PlannedStep;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records what a check found, and says whether it holds anybody up. */
final class CheckStep {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  private final RunExecution run;
  private final PlannedStep step;
  private final CheckDeclaration check;

  CheckStep(RunExecution run, PlannedStep step, CheckDeclaration check) {
    this.run = run;
    this.step = step;
    this.check = check;
  }

  StepOutcome ended(@Nullable Object returned) throws StepFailure {
    if (!(returned instanceof CheckResult result)) {
      throw new StepFailure(
          "compute '" + step + "'",
          new StowageException(
              ErrorCode.TYPE_MISMATCH,
              "a check returns a CheckResult, but "
                  + (returned == null ? "null" : "a " + returned.getClass().getTypeName())
                  + " was returned"));
    }
    String message = message(result);
    record(result, message);
    boolean wrong = !result.passed() && result.severity() == CheckResult.Severity.ERROR;
    if (!result.passed() && !(wrong && check.blocking())) {
      LOG.log(Level.WARNING, "run {0}: {1}", run.plan().request().runId(), message);
    }
    return wrong && check.blocking()
        ? new StepOutcome.Failed(ErrorCode.CHECK_FAILED, message, List.of())
        : new StepOutcome.Succeeded();
  }

  private String message(CheckResult result) {
    return "check '"
        + check.name()
        + "' of '"
        + check.asset()
        + "'"
        + (step.partitionText().isEmpty() ? "" : " partition '" + step.partitionText() + "'")
        + (result.passed() ? " passed" : " did not pass")
        + (result.description().isEmpty() ? "" : ": " + result.description());
  }

  private void record(CheckResult result, String message) {
    var data = new HashMap<String, Object>();
    data.put("asset", check.asset().toString());
    data.put("check", check.name());
    data.put("blocking", check.blocking());
    data.put("passed", result.passed());
    data.put("severity", result.severity().name().toLowerCase(Locale.ROOT));
    data.put("description", result.description());
    data.put("metadata", StepInputs.data(result.metadata()));
    run.progress()
        .made(check.asset(), step.partitionText())
        .ifPresent(
            checked -> {
              data.put("materialization", checked.id());
              location(checked, data);
            });
    run.event("asset_checked", step, message, data);
  }

  private static void location(Materialization checked, Map<String, Object> data) {
    StoredObject object = checked.object();
    if (object != null) {
      data.put("location", object.location().toString());
    }
  }
}
