package io.stowage.api.partition;

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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Maps components of one dimension, either way. What it names may be beyond what the definition
 * contains.
 */
final class DimensionMapper {
  private DimensionMapper() {}

  static List<String> upstream(
      PartitionMapping mapping,
      DimensionValues downstream,
      String value,
      DimensionValues upstream) {
    return switch (mapping) {
      case Identity() -> List.of(value);
      case TimeWindows windows ->
          overlapped(windows, (TimeValues) downstream, value, (TimeValues) upstream);
      case StaticMapping(var partitions) ->
          List.copyOf(partitions.getOrDefault(value, Collections.emptySortedSet()));
      case AllPartitions(), LastPartition(), SpecificPartitions _ -> independent(mapping, upstream);
      case Automatic(), DimensionToSingle _, PerDimension _, Custom _ -> throw unresolved(mapping);
    };
  }

  /** What a mapping names, whatever is asked for. */
  static List<String> independent(PartitionMapping mapping, DimensionValues upstream) {
    return switch (mapping) {
      case AllPartitions() -> upstream.all();
      case LastPartition() -> upstream.last().stream().toList();
      case SpecificPartitions(var partitions) -> partitions;
      case Automatic(),
          Identity(),
          TimeWindows _,
          StaticMapping _,
          DimensionToSingle _,
          PerDimension _,
          Custom _ ->
          throw unresolved(mapping);
    };
  }

  static List<String> downstream(
      PartitionMapping mapping,
      DimensionValues downstream,
      String value,
      DimensionValues upstream) {
    return switch (mapping) {
      case Identity() -> List.of(value);
      case TimeWindows windows ->
          overlapping(windows, (TimeValues) downstream, value, (TimeValues) upstream);
      case StaticMapping(var partitions) ->
          partitions.entrySet().stream()
              .filter(each -> each.getValue().contains(value))
              .map(each -> each.getKey())
              .toList();
      case AllPartitions(), LastPartition(), SpecificPartitions _ ->
          Set.copyOf(independent(mapping, upstream)).contains(value) ? downstream.all() : List.of();
      case Automatic(), DimensionToSingle _, PerDimension _, Custom _ -> throw unresolved(mapping);
    };
  }

  private static List<String> overlapped(
      TimeWindows by, TimeValues downstream, String value, TimeValues upstream) {
    Instant start = downstream.start(value).orElseThrow();
    Instant from = downstream.windows().plus(start, by.startOffset());
    Instant until = downstream.windows().plus(downstream.windows().next(start), by.endOffset());
    return upstream.texts(upstream.windows().floor(from), until);
  }

  /** The downstream windows that, once shifted, overlap the upstream one. */
  private static List<String> overlapping(
      TimeWindows by, TimeValues downstream, String value, TimeValues upstream) {
    Instant start = upstream.start(value).orElseThrow();
    Instant end = upstream.windows().next(start);
    Windows windows = downstream.windows();
    Instant from = windows.plus(windows.floor(start), -by.endOffset());
    Instant last = windows.plus(windows.floor(end.minusNanos(1)), -by.startOffset());
    return downstream.texts(from, windows.next(last));
  }

  private static IllegalStateException unresolved(PartitionMapping mapping) {
    return new IllegalStateException(mapping + " is a mapping of whole keys");
  }
}
