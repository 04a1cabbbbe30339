package io.stowage.plan;

import io.stowage.api.partition.PartitionKey;
import io.stowage.catalog.AssetSpec.WiredInput;
import java.util.List;

/**
 * @param partitions of the upstream asset, in its definition's order; empty where it has none
 * @param partitioned whether the upstream asset has partitions
 * @param several whether the mapping can name more than one of them, so that a map is by partition
 *     key
 */
public record PlannedInput(
    WiredInput wired, List<PartitionKey> partitions, boolean partitioned, boolean several) {
  public PlannedInput {
    partitions = List.copyOf(partitions);
  }
}
