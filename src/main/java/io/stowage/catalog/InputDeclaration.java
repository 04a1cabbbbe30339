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
 * @param type of the parameter; of a gathering one, the type of each value
 * @param gathering whether other inputs have the same position, and their values are put together
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
    PartitionMapping mapping,
    Gathering gathering) {
  public InputDeclaration {
    options = Map.copyOf(options);
    metadata = Map.copyOf(metadata);
  }

  /** This input as one whose values are put together. */
  InputDeclaration gathering(Gathering how, DeclaredType each) {
    return new InputDeclaration(
        position,
        name,
        each,
        given,
        manager,
        options,
        metadata,
        orderOnly,
        allowMissingPartitions,
        mapping,
        how);
  }

  /** A parameter that is the value of one asset. */
  public InputDeclaration(
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
    this(
        position,
        name,
        type,
        given,
        manager,
        options,
        metadata,
        orderOnly,
        allowMissingPartitions,
        mapping,
        Gathering.NONE);
  }
}
