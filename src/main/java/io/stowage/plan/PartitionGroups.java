package io.stowage.plan;

import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.catalog.AssetSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which partitions of an asset are computed by one call. */
enum PartitionGroups {
  /** All that the run has, where the asset computes ranges. */
  OF_A_RUN {
    @Override
    List<List<PartitionKey>> ofRange(AssetSpec spec, List<List<PartitionKey>> ranges) {
      return List.of(ranges.stream().flatMap(List::stream).toList());
    }
  },

  /** As many as the asset's policy says, following one another: each group becomes a run. */
  OF_A_BACKFILL {
    @Override
    List<List<PartitionKey>> ofRange(AssetSpec spec, List<List<PartitionKey>> ranges) {
      var groups = new ArrayList<List<PartitionKey>>();
      int most = spec.declaration().maxPartitionsPerRun();
      for (List<PartitionKey> range : ranges) {
        for (int from = 0, to; from < range.size(); from = to) {
          to = from + Math.min(most, range.size() - from);
          groups.add(range.subList(from, to));
        }
      }
      return groups;
    }
  };

  List<List<PartitionKey>> of(
      AssetSpec spec, Collection<PartitionKey> keys, PartitionContext context) {
    if (spec.partitions().isEmpty()) {
      return List.of(List.of());
    }
    if (!spec.declaration().ranged() || keys.isEmpty()) {
      return keys.stream().map(List::of).toList();
    }
    return ofRange(spec, spec.partitions().get().ranges(keys, context));
  }

  abstract List<List<PartitionKey>> ofRange(AssetSpec spec, List<List<PartitionKey>> ranges);
}
