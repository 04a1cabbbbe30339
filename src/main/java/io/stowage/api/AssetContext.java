package io.stowage.api;

import java.util.Map;
import java.util.Optional;

/** What the method of an asset or an op is told, where it has a parameter of this type. */
public interface AssetContext extends StepContext {
  /**
   * The key of the asset that is computed; of an op's output one below the run.
   *
   * @throws StowageException {@code INVALID_REQUEST} in a multi-asset or a multi-op, which has
   *     several
   */
  AssetKey asset();

  /** Of an op that is called for each value of a dynamic output, the key of this one. */
  default Optional<String> mappingKey() {
    return Optional.empty();
  }

  /** Constants of the asset's definition. */
  Map<String, String> definitionMetadata();

  /**
   * Adds metadata to the asset's materialization.
   *
   * @param value as {@link io.stowage.api.metadata.MetadataValue#of} takes it
   * @throws StowageException {@code TYPE_MISMATCH} for a value that metadata cannot represent, with
   *     label and type
   */
  void addOutputMetadata(String label, Object value);

  /** As {@link #addOutputMetadata(String, Object)}, for one output of a multi-asset. */
  void addOutputMetadata(String output, String label, Object value);
}
