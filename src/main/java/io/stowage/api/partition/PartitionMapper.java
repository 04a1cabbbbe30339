package io.stowage.api.partition;

import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionMapping.AllPartitions;
import io.stowage.api.partition.PartitionMapping.Automatic;
import io.stowage.api.partition.PartitionMapping.Custom;
import io.stowage.api.partition.PartitionMapping.DimensionToSingle;
import io.stowage.api.partition.PartitionMapping.Identity;
import io.stowage.api.partition.PartitionMapping.LastPartition;
import io.stowage.api.partition.PartitionMapping.PerDimension;
import io.stowage.api.partition.PartitionMapping.SpecificPartitions;
import io.stowage.api.partition.PartitionMapping.StaticMapping;
import io.stowage.api.partition.PartitionMapping.TimeWindows;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Works out which partitions belong together. Functions of their arguments.
 *
 * <p>A {@link Custom} mapping is refused with {@code INVALID_REQUEST}: whoever may run the author's
 * code calls its {@link CustomPartitionMapping}.
 */
public final class PartitionMapper {
  private PartitionMapper() {}

  /**
   * Refuses a mapping that cannot be between these definitions, whatever the keys.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION}, or {@code UNKNOWN_PARTITION} where the
   *     mapping names a partition that the upstream definition can never contain
   */
  public static void check(
      Optional<PartitionsDefinition> downstream,
      Optional<PartitionsDefinition> upstream,
      PartitionMapping mapping) {
    if (upstream.isEmpty()) {
      return;
    }
    switch (mapping) {
      case SpecificPartitions(var partitions) -> partitions.forEach(upstream.get()::parse);
      case StaticMapping(var partitions) -> {
        partitions.keySet().forEach(asked(downstream, mapping)::parse);
        partitions.values().stream().flatMap(Collection::stream).forEach(upstream.get()::parse);
      }
      case Automatic() -> {}
      case Identity(), TimeWindows _, DimensionToSingle _, PerDimension _ ->
          new MappingRules(asked(downstream, mapping), upstream.get()).rules(mapping);
      case AllPartitions(), LastPartition(), Custom _ -> {}
    }
  }

  /**
   * What the downstream keys need.
   *
   * @param downstream empty for an asset without partitions; then {@code keys} do not count
   * @param upstream empty for an asset without partitions; then the answer is empty
   * @throws StowageException {@code UNKNOWN_PARTITION} for a downstream key that is not contained;
   *     {@code INVALID_CONFIGURATION} where the mapping cannot be between these definitions
   */
  public static MappedPartitions upstreamKeys(
      Optional<PartitionsDefinition> downstream,
      List<PartitionKey> keys,
      Optional<PartitionsDefinition> upstream,
      PartitionMapping mapping,
      PartitionContext context) {
    if (upstream.isEmpty() || (downstream.isPresent() && keys.isEmpty())) {
      return MappedPartitions.NONE;
    }
    var up = new BoundDefinition(upstream.get(), context);
    return switch (mapping) {
      case AllPartitions() -> new MappedPartitions(up.keys(), List.of());
      case LastPartition() -> new MappedPartitions(up.last().stream().toList(), List.of());
      case SpecificPartitions(var partitions) ->
          sorted(read(partitions.stream(), upstream.get()), up);
      case StaticMapping(var partitions) -> {
        asked(downstream, mapping);
        yield sorted(read(listed(partitions::get, keys), upstream.get()), up);
      }
      case Automatic() when downstream.isEmpty() -> new MappedPartitions(up.keys(), List.of());
      case Automatic(), Identity(), TimeWindows _, DimensionToSingle _, PerDimension _ ->
          byRules(asked(downstream, mapping), upstream.get(), mapping, context).upstream(keys);
      case Custom custom -> throw needsWorker(custom);
    };
  }

  /**
   * The downstream keys that need any of the upstream keys: the reverse of {@link #upstreamKeys},
   * in the downstream definition's order, without keys that it does not contain.
   *
   * @param upstream empty for an asset without partitions, which every downstream key needs
   * @param downstream empty for an asset without partitions; then the answer is empty
   * @throws StowageException {@code UNKNOWN_PARTITION} for an upstream key that is not contained
   */
  public static List<PartitionKey> downstreamKeys(
      Optional<PartitionsDefinition> upstream,
      List<PartitionKey> keys,
      Optional<PartitionsDefinition> downstream,
      PartitionMapping mapping,
      PartitionContext context) {
    if (downstream.isEmpty() || (upstream.isPresent() && keys.isEmpty())) {
      return List.of();
    }
    var down = new BoundDefinition(downstream.get(), context);
    if (upstream.isEmpty()) {
      return down.keys();
    }
    return switch (mapping) {
      case AllPartitions() -> down.keys();
      case LastPartition(), SpecificPartitions _ -> {
        var named =
            upstreamKeys(downstream, down.last().stream().toList(), upstream, mapping, context)
                .existing();
        yield named.stream().anyMatch(Set.copyOf(keys)::contains) ? down.keys() : List.of();
      }
      case StaticMapping(var partitions) -> {
        var wanted = Set.copyOf(keys);
        var needing =
            partitions.entrySet().stream()
                .filter(
                    each ->
                        read(each.getValue().stream(), upstream.get()).stream()
                            .anyMatch(wanted::contains))
                .map(Map.Entry::getKey);
        yield sorted(read(needing, downstream.get()), down).existing();
      }
      case Automatic(), Identity(), TimeWindows _, DimensionToSingle _, PerDimension _ ->
          byRules(downstream.get(), upstream.get(), mapping, context).downstream(keys);
      case Custom custom -> throw needsWorker(custom);
    };
  }

  private static RuleMapper byRules(
      PartitionsDefinition downstream,
      PartitionsDefinition upstream,
      PartitionMapping mapping,
      PartitionContext context) {
    return new RuleMapper(
        new MappingRules(downstream, upstream).rules(mapping),
        new BoundDefinition(downstream, context),
        new BoundDefinition(upstream, context));
  }

  private static Stream<String> listed(
      Function<String, SortedSet<String>> partitions, List<PartitionKey> keys) {
    return keys.stream()
        .flatMap(
            key -> Stream.ofNullable(partitions.apply(key.text())).flatMap(Collection::stream));
  }

  private static Set<PartitionKey> read(Stream<String> texts, PartitionsDefinition definition) {
    var keys = new LinkedHashSet<PartitionKey>();
    texts.forEach(text -> keys.add(definition.parse(text)));
    return keys;
  }

  private static MappedPartitions sorted(Set<PartitionKey> keys, BoundDefinition definition) {
    return new MappedPartitions(
        definition.sorted(keys.stream().filter(definition::contains).toList()),
        keys.stream().filter(key -> !definition.contains(key)).toList());
  }

  private static PartitionsDefinition asked(
      Optional<PartitionsDefinition> downstream, PartitionMapping mapping) {
    return downstream.orElseThrow(
        () ->
            Faults.configuration(
                "an asset without partitions cannot map them by "
                    + mapping
                    + ": map all, the last or specific ones"));
  }

  private static StowageException needsWorker(Custom custom) {
    return Faults.request(
        "partitions mapped by '"
            + custom.name()
            + "' are known to a worker only, which runs the author's code");
  }
}
