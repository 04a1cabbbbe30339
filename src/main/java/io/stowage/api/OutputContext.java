package io.stowage.api;

import io.stowage.api.metadata.MetadataValue;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link IoManager} is told about the value that it is to store, and what it answers beside
 * storing it.
 */
public interface OutputContext extends StepContext {
  AssetKey asset();

  /** {@code result}, or the name of the multi-asset's component. */
  String outputName();

  /** The declared type of the value, generics included. */
  Type type();

  /** Whether null may be stored. */
  boolean nullable();

  /** Constants of the asset's definition. */
  Map<String, String> definitionMetadata();

  /** What the author added to the value by {@link Output#with} and through his context. */
  Map<String, MetadataValue> valueMetadata();

  /** Options of this output, {@link Asset#options}. */
  Map<String, String> options();

  /** The key of a dynamic output; empty for an asset. */
  Optional<String> mappingKey();

  /**
   * As {@link AssetContext#addOutputMetadata(String, Object)}. May be called several times; a label
   * given again is replaced.
   */
  void addOutputMetadata(String label, Object value);

  /**
   * Says where the value was stored. Called at most once for each partition; without it the
   * materialization has no location.
   */
  void stored(StoredObject object);

  /** Records, with this output's commit, that a further asset was written beside it. */
  void recordMaterialization(AssetKey asset, Map<String, MetadataValue> metadata);
}
