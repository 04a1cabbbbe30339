package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.UpstreamOutput;
import io.stowage.api.metadata.MetadataValue;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An input context that keeps what a manager says to it, to be asked afterwards. Made by {@link
 * InputContexts}. Safe from several threads.
 */
public final class RecordedInput extends RecordedStep implements InputContext {
  private final InputContexts.Input input;
  private final Map<String, MetadataValue> added =
      Collections.synchronizedMap(new LinkedHashMap<>());

  RecordedInput(ContextBuilder.Step step, InputContexts.Input input) {
    super(step);
    this.input = input;
  }

  /** What the manager added, in its order; a label given twice has its last value. */
  public Map<String, MetadataValue> addedMetadata() {
    synchronized (added) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(added));
    }
  }

  @Override
  String subject() {
    return "input '" + input.inputName() + "' from '" + input.asset() + "'";
  }

  @Override
  public AssetKey asset() {
    return input.asset();
  }

  @Override
  public String inputName() {
    return input.inputName();
  }

  @Override
  public Type type() {
    return input.type();
  }

  @Override
  public Map<String, String> metadata() {
    return input.metadata();
  }

  @Override
  public Map<String, String> options() {
    return input.options();
  }

  @Override
  public UpstreamOutput upstreamOutput() {
    return input.upstream();
  }

  @Override
  public List<Materialization> materializations() {
    return input.materializations();
  }

  @Override
  public boolean byPartition() {
    return input.byPartition();
  }

  @Override
  public boolean allowMissingPartitions() {
    return input.allowMissing();
  }

  @Override
  public void addInputMetadata(String label, Object value) {
    added.put(label, MetadataValue.of(label, value));
  }
}
