package io.stowage.plan;

import io.stowage.api.partition.PartitionKey;
import io.stowage.catalog.AssetSpec.WiredInput;
import java.util.List;
import java.util.Optional;

/**
 * @param partitions of the upstream asset, in its definition's order; empty where it has none
 * @param partitioned whether the upstream asset has partitions
 * @param several whether the mapping can name more than one of them, so that a map is by partition
 *     key
 * @param mappingKey of the one value that is loaded of an upstream that has several; empty
 *     otherwise, and as long as it is not known
 */
public record PlannedInput(
    WiredInput wired,
    List<PartitionKey> partitions,
    boolean partitioned,
    boolean several,
    Optional<String> mappingKey) {
  public PlannedInput {
    partitions = List.copyOf(partitions);
  }

  /** An input of an upstream that has one value. */
  public PlannedInput(
      WiredInput wired, List<PartitionKey> partitions, boolean partitioned, boolean several) {
    this(wired, partitions, partitioned, several, Optional.empty());
  }

  /** This input of the value under that mapping key. */
  public PlannedInput at(String key) {
    return new PlannedInput(wired, partitions, partitioned, several, Optional.of(key));
  }
}
