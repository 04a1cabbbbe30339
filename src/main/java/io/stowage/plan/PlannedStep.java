package io.stowage.plan;

import io.stowage.api.partition.PartitionKey;
import io.stowage.catalog.AssetSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One call of an asset's method.
 *
 * @param inputs what is loaded for it, in the order of the parameters
 * @param after places in the plan of the steps that must have succeeded before
 */
public record PlannedStep(
    int place,
    AssetSpec spec,
    Optional<PartitionKey> partition,
    List<PlannedInput> inputs,
    Set<Integer> after) {
  public PlannedStep {
    inputs = List.copyOf(inputs);
    after = Set.copyOf(after);
  }

  /** The partition as the ledger has it: empty text where there is none. */
  public String partitionText() {
    return partition.map(PartitionKey::text).orElse("");
  }

  /** The step with its partition, for a log line. */
  @Override
  public String toString() {
    return partition.map(key -> spec.step() + "[" + key.text() + "]").orElse(spec.step());
  }
}
