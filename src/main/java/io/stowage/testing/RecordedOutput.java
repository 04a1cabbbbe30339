package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.StoredObject;
import io.stowage.api.metadata.MetadataValue;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An output context that keeps what a manager says to it, to be asked afterwards. Made by {@link
 * OutputContexts}. Safe from several threads.
 */
public final class RecordedOutput extends RecordedStep implements OutputContext {
  private final OutputContexts.Output output;
  private final String id = UUID.randomUUID().toString();
  private final Instant made = Instant.now();
  private final Map<String, MetadataValue> added =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<AssetKey, Map<String, MetadataValue>> beside =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile @Nullable StoredObject object;

  RecordedOutput(ContextBuilder.Step step, OutputContexts.Output output) {
    super(step);
    this.output = output;
  }

  /** What the manager added, in its order; a label given twice has its last value. */
  public Map<String, MetadataValue> metadata() {
    synchronized (added) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(added));
    }
  }

  /** Where the manager said that it stored the value; empty where it did not. */
  public Optional<StoredObject> object() {
    return Optional.ofNullable(object);
  }

  /** The further assets that the manager wrote beside this one, with their metadata. */
  public Map<AssetKey, Map<String, MetadataValue>> beside() {
    synchronized (beside) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(beside));
    }
  }

  /**
   * The record that the ledger makes of it: the author's metadata, and above it the manager's.
   *
   * @throws io.stowage.api.StowageException {@code UNKNOWN_PARTITION} where there are several
   *     partitions
   */
  public Materialization materialization() {
    var metadata = new LinkedHashMap<>(output.valueMetadata());
    metadata.putAll(metadata());
    return new Materialization(
        id,
        output.asset(),
        partitionText(),
        runId(),
        object,
        Collections.unmodifiableMap(metadata),
        made);
  }

  @Override
  String subject() {
    return "asset '" + output.asset() + "'";
  }

  @Override
  public AssetKey asset() {
    return output.asset();
  }

  @Override
  public String outputName() {
    return output.outputName();
  }

  @Override
  public Type type() {
    return output.type();
  }

  @Override
  public boolean nullable() {
    return output.nullable();
  }

  @Override
  public Map<String, String> definitionMetadata() {
    return output.definitionMetadata();
  }

  @Override
  public Map<String, MetadataValue> valueMetadata() {
    return output.valueMetadata();
  }

  @Override
  public Map<String, String> options() {
    return output.options();
  }

  @Override
  public Optional<String> mappingKey() {
    return output.mappingKey();
  }

  @Override
  public void addOutputMetadata(String label, Object value) {
    added.put(label, MetadataValue.of(label, value));
  }

  @Override
  public void stored(StoredObject stored) {
    object = stored;
  }

  @Override
  public void recordMaterialization(AssetKey asset, Map<String, MetadataValue> metadata) {
    beside.put(asset, Collections.unmodifiableMap(new LinkedHashMap<>(metadata)));
  }
}
