package io.stowage.catalog;

import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionMapper;
import io.stowage.api.partition.PartitionMapping;
import java.util.Optional;

/** Whether definitions, mappings and policies can be what they are. */
final class PartitionRules {
  private PartitionRules() {}

  static Optional<String> fault(AssetDeclaration declaration) {
    boolean partitioned =
        declaration.partitions().isPresent() || declaration.partitionsMethod().isPresent();
    return declaration.ranged() && !partitioned
        ? Optional.of(
            declaration.method()
                + " has a backfill policy, but no partitions: annotate the partitions, or leave the"
                + " policy out")
        : Optional.empty();
  }

  /**
   * A mapping that cannot be between the two, whatever the keys; nothing is said while a method of
   * the author's has not been asked for its definition.
   */
  static Optional<String> fault(AssetSpec consumer, InputDeclaration input, AssetSpec producer) {
    if (consumer.equals(producer) && input.type().isPrimitive()) {
      return Optional.of(
          "parameter '"
              + input.name()
              + "' of "
              + consumer.declaration().method()
              + " is a "
              + input.type().simple()
              + ", but the first partition has none before it and gets null: take the class in"
              + " place of the primitive");
    }
    if (isOpen(consumer) || isOpen(producer)) {
      return Optional.empty();
    }
    if (producer.partitions().isEmpty() && selects(input.mapping())) {
      return Optional.of(
          "parameter '"
              + input.name()
              + "' of "
              + consumer.declaration().method()
              + " maps partitions, but "
              + producer.declaration().method()
              + " has none: leave the mapping out");
    }
    try {
      PartitionMapper.check(consumer.partitions(), producer.partitions(), input.mapping());
      return Optional.empty();
    } catch (StowageException e) {
      return Optional.of(
          "parameter '"
              + input.name()
              + "' of "
              + consumer.declaration().method()
              + ": "
              + e.getMessage());
    }
  }

  /** Whether the mapping says more than that what belongs together is meant, or all of it. */
  private static boolean selects(PartitionMapping mapping) {
    return switch (mapping) {
      case PartitionMapping.Automatic _,
          PartitionMapping.Identity _,
          PartitionMapping.AllPartitions _ ->
          false;
      case PartitionMapping.LastPartition _,
          PartitionMapping.TimeWindows _,
          PartitionMapping.SpecificPartitions _,
          PartitionMapping.DimensionToSingle _,
          PartitionMapping.PerDimension _,
          PartitionMapping.StaticMapping _,
          PartitionMapping.Custom _ ->
          true;
    };
  }

  private static boolean isOpen(AssetSpec spec) {
    return spec.partitions().isEmpty() && spec.declaration().partitionsMethod().isPresent();
  }
}
