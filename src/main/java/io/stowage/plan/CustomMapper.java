package io.stowage.plan;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.CustomPartitionMapping;
import io.stowage.api.partition.MappedPartitions;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.AssetSpec.WiredInput;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks an author's mapping, and holds its answer against the upstream definition. */
final class CustomMapper {
  private final PartitionContext context;

  CustomMapper(PartitionContext context) {
    this.context = context;
  }

  MappedPartitions map(
      CustomPartitionMapping mapping,
      AssetSpec consumer,
      List<PartitionKey> keys,
      WiredInput input,
      Optional<PartitionsDefinition> upstream) {
    if (upstream.isEmpty() || (consumer.partitions().isPresent() && keys.isEmpty())) {
      return MappedPartitions.NONE;
    }
    try {
      var answer = mapping.upstreamKeys(consumer.partitions(), keys, upstream.get(), context);
      return checked(answer, upstream.get());
    } catch (RuntimeException e) {
      throw new StowageException(
          ErrorCode.ASSET_FAILED,
          "the partitions of input '"
              + input.declaration().name()
              + "' of '"
              + consumer.step()
              + "' cannot be mapped: "
              + mapping.getClass().getName()
              + " failed: "
              + e,
          e);
    }
  }

  /** Each key once and in order; what the definition does not contain is missing. */
  private MappedPartitions checked(MappedPartitions answer, PartitionsDefinition upstream) {
    var named =
        Stream.concat(answer.existing().stream(), answer.missing().stream()).distinct().toList();
    var existing = named.stream().filter(key -> upstream.contains(key, context)).toList();
    return new MappedPartitions(
        upstream.ranges(existing, context).stream().flatMap(List::stream).toList(),
        named.stream().filter(key -> !existing.contains(key)).toList());
  }
}
