package io.stowage.plan;

import io.stowage.api.partition.PartitionKey;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.Spread;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One call of an asset's method.
 *
 * @param partitions empty for an asset without; several only where it computes ranges, in the
 *     definition's order
 * @param inputs what is loaded for it, in the order of the parameters
 * @param after places in the plan of the steps that must have succeeded before
 * @param mappingKey of the one call of many that the step is, where it is executed for each value
 *     of a dynamic output; empty for the step as a whole
 */
public record PlannedStep(
    int place,
    AssetSpec spec,
    List<PartitionKey> partitions,
    List<PlannedInput> inputs,
    Set<Integer> after,
    Optional<String> mappingKey) {
  public PlannedStep {
    partitions = List.copyOf(partitions);
    inputs = List.copyOf(inputs);
    after = Set.copyOf(after);
  }

  /** A step that is not one of many calls. */
  public PlannedStep(
      int place,
      AssetSpec spec,
      List<PartitionKey> partitions,
      List<PlannedInput> inputs,
      Set<Integer> after) {
    this(place, spec, partitions, inputs, after, Optional.empty());
  }

  /** The one of this step's calls that is about that mapping key. */
  public PlannedStep at(String key) {
    return new PlannedStep(
        place,
        spec,
        partitions,
        inputs.stream()
            .map(input -> input.wired().spread() == Spread.EACH ? input.at(key) : input)
            .toList(),
        after,
        Optional.of(key));
  }

  /** Whether the step is executed for each value of a dynamic output, and this is all of it. */
  public boolean isMapped() {
    return spec.over().isPresent() && mappingKey.isEmpty();
  }

  /** The step's name, as events and commits have it: {@code job/op}, {@code job/op[key]}. */
  public String name() {
    return mappingKey.map(key -> spec.step() + "[" + key + "]").orElse(spec.step());
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
      return name();
    }
    String first = partitions.getFirst().text();
    return name()
        + "["
        + (partitions.size() == 1 ? first : first + "…" + partitions.getLast().text())
        + "]";
  }
}
