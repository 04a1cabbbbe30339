package io.stowage.engine;

import io.stowage.api.AssetContext;
import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.plan.PlannedStep;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

final class EngineAssetContext extends EngineStepContext implements AssetContext {
  private final RunExecution run;
  private final PlannedStep step;
  private final Map<String, Map<String, MetadataValue>> metadata = new ConcurrentHashMap<>();

  EngineAssetContext(RunExecution run, PlannedStep step, int attempt) {
    super(run, step, attempt);
    this.run = run;
    this.step = step;
  }

  @Override
  Optional<PartitionsDefinition> definition() {
    return step.spec().partitions();
  }

  @Override
  String subject() {
    return (step.spec().isOp() ? "op '" : "asset '") + step.spec().step() + "'";
  }

  @Override
  public AssetKey asset() {
    if (step.spec().check().isPresent()) {
      return step.spec().check().get().asset();
    }
    var outputs = step.spec().outputs();
    if (outputs.size() != 1) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "'" + step.spec().step() + "' has " + outputs.size() + " outputs");
    }
    return run.keys().of(step, outputs.getFirst(), Optional.empty());
  }

  @Override
  public Optional<String> mappingKey() {
    return step.mappingKey();
  }

  @Override
  public Map<String, String> definitionMetadata() {
    if (step.spec().check().isPresent()) {
      return checked().metadata();
    }
    return step.spec().outputs().size() == 1
        ? step.spec().outputs().getFirst().metadata()
        : Map.of();
  }

  private OutputDeclaration checked() {
    return run.scope()
        .graph()
        .producer(asset())
        .flatMap(
            spec ->
                spec.outputs().stream().filter(each -> each.asset().equals(asset())).findFirst())
        .orElseThrow();
  }

  @Override
  public void addOutputMetadata(String label, Object value) {
    if (step.spec().check().isPresent()) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "metadata '" + label + "' of a check belongs to what it returns: CheckResult.with(…)");
    }
    step.spec().outputs().forEach(output -> addOutputMetadata(output.name(), label, value));
  }

  @Override
  public void addOutputMetadata(String output, String label, Object value) {
    if (step.spec().outputs().stream().noneMatch(each -> each.name().equals(output))) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "metadata '"
              + label
              + "' is for output '"
              + output
              + "', which '"
              + step.spec().step()
              + "' has not");
    }
    metadata
        .computeIfAbsent(output, _ -> Collections.synchronizedMap(new LinkedHashMap<>()))
        .put(label, MetadataValue.of(label, value));
  }

  /** A copy, to be added to. */
  Map<String, MetadataValue> metadataOf(String output) {
    var added = metadata.getOrDefault(output, Map.of());
    synchronized (added) {
      return new LinkedHashMap<>(added);
    }
  }
}
