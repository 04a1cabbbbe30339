package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionMapping;
import java.util.Map;
import java.util.Optional;

/**
 * A parameter that is an input.
 *
 * @param position of the parameter, from 0
 * @param given the whole key that {@code @Input} names; else the parameter's name is looked up
 * @param manager the key of the manager that loads it; empty for the one that stored it
 */
public record InputDeclaration(
    int position,
    String name,
    DeclaredType type,
    Optional<AssetKey> given,
    Optional<String> manager,
    Map<String, String> options,
    Map<String, String> metadata,
    boolean orderOnly,
    boolean allowMissingPartitions,
    PartitionMapping mapping) {
  public InputDeclaration {
    options = Map.copyOf(options);
    metadata = Map.copyOf(metadata);
  }
}
