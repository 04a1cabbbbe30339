package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.UpstreamOutput;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.InputDeclaration;
import io.stowage.plan.PlannedInput;
import io.stowage.plan.PlannedStep;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class EngineInputContext extends EngineStepContext implements InputContext {
  private final PlannedInput input;
  private final Optional<PartitionsDefinition> definition;
  private final UpstreamOutput upstream;
  private final List<Materialization> materializations;
  private final Type type;
  private final boolean past;
  private final Map<String, MetadataValue> added =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private EngineInputContext(
      RunExecution run,
      PlannedStep step,
      int attempt,
      PlannedInput input,
      Upstream upstream,
      List<Materialization> materializations) {
    super(run, step, attempt);
    this.input = input;
    this.definition = upstream.definition;
    this.upstream = upstream.output;
    this.materializations = List.copyOf(materializations);
    this.past = run.scope().ledger().asOf().isPresent();
    this.type = resolve(input.wired().declaration().type());
  }

  /** The producer's side: its output, and the definition that the partitions are of. */
  private record Upstream(UpstreamOutput output, Optional<PartitionsDefinition> definition) {}

  static EngineInputContext of(
      RunExecution run,
      PlannedStep step,
      int attempt,
      PlannedInput input,
      List<Materialization> materializations) {
    return new EngineInputContext(
        run, step, attempt, input, upstream(run, step, input), materializations);
  }

  private static Upstream upstream(RunExecution run, PlannedStep step, PlannedInput input) {
    AssetKey key = run.keys().of(input);
    InputDeclaration declaration = input.wired().declaration();
    Optional<AssetSpec> producer = run.scope().graph().producer(input.wired().asset());
    if (producer.isEmpty()) {
      // An external asset: of the step's own partitions, since nobody says otherwise.
      return new Upstream(
          new UpstreamOutput(
              key, "result", declaration.metadata(), declaration.options(), Optional.empty()),
          step.spec().partitions());
    }
    var output = producer.get().output(input.wired().asset());
    return new Upstream(
        new UpstreamOutput(
            key,
            output.name(),
            output.metadata(),
            output.options(),
            Optional.of(output.ioManager())),
        producer.get().partitions());
  }

  @Override
  Optional<PartitionsDefinition> definition() {
    return definition;
  }

  @Override
  String subject() {
    return "input '" + inputName() + "' from '" + asset() + "'";
  }

  @Override
  String progressOf() {
    return subject() + ": ";
  }

  @Override
  public List<PartitionKey> partitions() {
    return input.wired().external() ? super.partitions() : input.partitions();
  }

  @Override
  public AssetKey asset() {
    return upstream.asset();
  }

  @Override
  public String inputName() {
    return input.wired().declaration().name();
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public Map<String, String> metadata() {
    return input.wired().declaration().metadata();
  }

  @Override
  public Map<String, String> options() {
    return input.wired().declaration().options();
  }

  @Override
  public UpstreamOutput upstreamOutput() {
    return upstream;
  }

  @Override
  public List<Materialization> materializations() {
    return materializations;
  }

  @Override
  public boolean byPartition() {
    return input.several();
  }

  @Override
  public boolean allowMissingPartitions() {
    return input.wired().declaration().allowMissingPartitions();
  }

  @Override
  public boolean ofThePast() {
    return past;
  }

  @Override
  public void addInputMetadata(String label, Object value) {
    added.put(label, MetadataValue.of(label, value));
  }

  boolean external() {
    return input.wired().external();
  }

  /** A copy: who reads a stream may add to it still. */
  Map<String, MetadataValue> addedMetadata() {
    synchronized (added) {
      return new LinkedHashMap<>(added);
    }
  }
}
