package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.OutputContext;
import io.stowage.api.StoredObject;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.plan.PlannedStep;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class EngineOutputContext extends EngineStepContext implements OutputContext {
  private final PlannedStep step;
  private final OutputDeclaration output;
  private final Optional<String> mappingKey;
  private final AssetKey key;
  private final Map<String, MetadataValue> valueMetadata;
  private final Type type;
  private final Map<String, MetadataValue> added =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<StepCommit.Beside> beside = Collections.synchronizedList(new ArrayList<>());
  private @Nullable StoredObject object;

  EngineOutputContext(
      RunExecution run,
      PlannedStep step,
      int attempt,
      Emitted emitted,
      Map<String, MetadataValue> valueMetadata) {
    super(run, step, attempt);
    this.step = step;
    this.output = emitted.declaration();
    this.mappingKey = emitted.mappingKey().or(step::mappingKey);
    this.key = run.keys().of(step, output, emitted.mappingKey());
    this.valueMetadata = Collections.unmodifiableMap(valueMetadata);
    this.type = resolve(output.storedType());
  }

  @Override
  Optional<PartitionsDefinition> definition() {
    return step.spec().partitions();
  }

  @Override
  String subject() {
    return "asset '" + key + "'";
  }

  @Override
  public AssetKey asset() {
    return key;
  }

  @Override
  public String outputName() {
    return output.name();
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public boolean nullable() {
    return output.nullable();
  }

  @Override
  public Map<String, String> definitionMetadata() {
    return output.metadata();
  }

  @Override
  public Map<String, MetadataValue> valueMetadata() {
    return valueMetadata;
  }

  @Override
  public Map<String, String> options() {
    return output.options();
  }

  @Override
  public Optional<String> mappingKey() {
    return mappingKey;
  }

  @Override
  public void addOutputMetadata(String label, Object value) {
    added.put(label, MetadataValue.of(label, value));
  }

  @Override
  public void stored(StoredObject object) {
    this.object = object;
  }

  @Override
  public void recordMaterialization(AssetKey asset, Map<String, MetadataValue> metadata) {
    beside.add(new StepCommit.Beside(asset, Map.copyOf(metadata)));
  }

  Map<String, MetadataValue> addedMetadata() {
    synchronized (added) {
      return new LinkedHashMap<>(added);
    }
  }

  List<StepCommit.Beside> beside() {
    return List.copyOf(beside);
  }

  @Nullable StoredObject object() {
    return object;
  }
}
