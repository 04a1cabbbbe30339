package io.stowage.api;

import java.util.Map;

/** What the method of an asset is told, where it has a parameter of this type. */
public interface AssetContext extends StepContext {
  /**
   * The key of the asset that is computed.
   *
   * @throws StowageException {@code INVALID_REQUEST} in a multi-asset, which has several
   */
  AssetKey asset();

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
