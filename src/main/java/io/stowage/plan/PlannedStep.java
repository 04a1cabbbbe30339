package io.stowage.plan;

import io.stowage.api.partition.PartitionKey;
import io.stowage.catalog.AssetSpec;
import java.util.List;
import java.util.Set;

/**
 * One call of an asset's method.
 *
 * @param partitions empty for an asset without; several only where it computes ranges, in the
 *     definition's order
 * @param inputs what is loaded for it, in the order of the parameters
 * @param after places in the plan of the steps that must have succeeded before
 */
public record PlannedStep(
    int place,
    AssetSpec spec,
    List<PartitionKey> partitions,
    List<PlannedInput> inputs,
    Set<Integer> after) {
  public PlannedStep {
    partitions = List.copyOf(partitions);
    inputs = List.copyOf(inputs);
    after = Set.copyOf(after);
  }

  /** Whether the method returns a value for each partition, also where there is one. */
  public boolean ranged() {
    return spec.declaration().ranged();
  }

  /** The partition as the ledger has it: empty text where there is none, or several. */
  public String partitionText() {
    return partitions.size() == 1 ? partitions.getFirst().text() : "";
  }

  /** The partitions as the ledger has them: the empty text alone where there are none. */
  public List<String> partitionTexts() {
    return texts(partitions);
  }

  static List<String> texts(List<PartitionKey> partitions) {
    return partitions.isEmpty()
        ? List.of("")
        : partitions.stream().map(PartitionKey::text).toList();
  }

  /** The step with its partitions, the first and the last of several, for a log line. */
  @Override
  public String toString() {
    if (partitions.isEmpty()) {
      return spec.step();
    }
    String first = partitions.getFirst().text();
    return spec.step()
        + "["
        + (partitions.size() == 1 ? first : first + "…" + partitions.getLast().text())
        + "]";
  }
}
