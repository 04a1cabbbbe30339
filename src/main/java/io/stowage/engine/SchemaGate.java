package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.Materialization;
import io.stowage.api.SchemaDifference;
import io.stowage.api.SchemaGuard;
import io.stowage.api.SchemaPolicy;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.plan.PlannedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Holds the types of a step's outputs against what was stored last, before anything is loaded or
 * computed. What differs is kept as metadata, of the materialization or of the failure.
 */
final class SchemaGate {
  static final String CHANGES = "schema-changes";

  private final RunExecution run;
  private final PlannedStep step;
  private final EngineAssetContext author;

  SchemaGate(RunExecution run, PlannedStep step, EngineAssetContext author) {
    this.run = run;
    this.step = step;
    this.author = author;
  }

  /** What an output's type may not become: said of all outputs in one failure. */
  private record Refused(OutputDeclaration output, String reason, MetadataValue changes) {}

  void check() throws StepFailure {
    if (step.spec().isOp()) {
      return; // each run's values are new
    }
    var refused = new ArrayList<Refused>();
    for (OutputDeclaration output : step.spec().outputs()) {
      if (output.stored()
          && output.schemaPolicy() != SchemaPolicy.NONE
          && !run.progress().isCommitted(step, output.name())) {
        check(output).ifPresent(refused::add);
      }
    }
    if (!refused.isEmpty()) {
      throw failure(refused);
    }
  }

  private Optional<Refused> check(OutputDeclaration output) throws StepFailure {
    SchemaDifference difference;
    try {
      difference = difference(output);
    } catch (Exception e) {
      throw new StepFailure(phase(output), e);
    }
    if (difference.changes().isEmpty()) {
      return Optional.empty();
    }
    String reason = difference.refusal(output.schemaPolicy());
    if (!reason.isEmpty()) {
      return Optional.of(new Refused(output, reason, difference.table()));
    }
    author.addOutputMetadata(output.name(), CHANGES, difference.table());
    return Optional.empty();
  }

  private SchemaDifference difference(OutputDeclaration output) throws Exception {
    Optional<SchemaGuard> asked = guard(output);
    Optional<Materialization> last =
        asked.isPresent() ? run.before(output.asset()) : Optional.empty();
    if (last.isEmpty()) {
      return SchemaDifference.NONE;
    }
    SchemaGuard guard = asked.get();
    var context =
        new EngineOutputContext(run, step, author.attempt(), Emitted.of(output), Map.of());
    var found = new ArrayList<SchemaDifference>();
    new Repeating(run, step).call(() -> found.add(guard.difference(context, last.get())));
    return Objects.requireNonNull(found.getLast());
  }

  /** Empty also where there is no such manager, which is told where it is to store. */
  private Optional<SchemaGuard> guard(OutputDeclaration output) {
    try {
      return run.scope().managers().storing(output.ioManager()) instanceof SchemaGuard guard
          ? Optional.of(guard)
          : Optional.empty();
    } catch (StowageException e) {
      return Optional.empty();
    }
  }

  private String phase(OutputDeclaration output) {
    return "compare the schema of output '" + output.name() + "' of '" + step + "'";
  }

  private StepFailure failure(List<Refused> refused) {
    var metadata = new LinkedHashMap<String, MetadataValue>();
    var sentences = new ArrayList<String>();
    for (Refused each : refused) {
      metadata.put(
          refused.size() == 1 ? CHANGES : CHANGES + "/" + each.output.name(), each.changes);
      sentences.add(
          "asset '"
              + each.output.asset()
              + "' changed in a way that its policy '"
              + each.output.schemaPolicy()
              + "' refuses: "
              + each.reason);
    }
    return new StepFailure(
        phase(refused.getFirst().output),
        new StowageException(
            ErrorCode.INCOMPATIBLE_SCHEMA,
            String.join("; ", sentences)
                + "; nothing was computed: change the type back, or set its schemaPolicy"),
        metadata);
  }
}
