package io.stowage.api.partition;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping by code of the author's. A worker runs it; the same arguments must give the same
 * answer, since the answer may be asked for again. May be called on any thread, on several at once.
 */
public interface CustomPartitionMapping {
  /**
   * What the downstream keys need. An exception fails the run before it computes anything.
   *
   * @param downstream empty where the asset has no partitions, and then there are no keys
   * @return existing keys in the upstream definition's order
   */
  MappedPartitions upstreamKeys(
      Optional<PartitionsDefinition> downstream,
      List<PartitionKey> keys,
      PartitionsDefinition upstream,
      PartitionContext context);

  /**
   * The downstream keys that need any of the upstream keys; every one of them is asked for, unless
   * this is overridden.
   */
  default List<PartitionKey> downstreamKeys(
      PartitionsDefinition upstream,
      List<PartitionKey> keys,
      PartitionsDefinition downstream,
      PartitionContext context) {
    Set<PartitionKey> wanted = new LinkedHashSet<>(keys);
    return downstream.keys(context).stream()
        .filter(
            key ->
                upstreamKeys(Optional.of(downstream), List.of(key), upstream, context)
                    .existing()
                    .stream()
                    .anyMatch(wanted::contains))
        .toList();
  }
}
