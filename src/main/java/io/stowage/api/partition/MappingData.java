package io.stowage.api.partition;

import io.stowage.api.partition.PartitionMapping.AllPartitions;
import io.stowage.api.partition.PartitionMapping.Automatic;
import io.stowage.api.partition.PartitionMapping.Custom;
import io.stowage.api.partition.PartitionMapping.DimensionMapping;
import io.stowage.api.partition.PartitionMapping.DimensionToSingle;
import io.stowage.api.partition.PartitionMapping.Identity;
import io.stowage.api.partition.PartitionMapping.LastPartition;
import io.stowage.api.partition.PartitionMapping.PerDimension;
import io.stowage.api.partition.PartitionMapping.SpecificPartitions;
import io.stowage.api.partition.PartitionMapping.StaticMapping;
import io.stowage.api.partition.PartitionMapping.TimeWindows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Mappings as maps of plain values. */
final class MappingData {
  private MappingData() {}

  static Map<String, Object> of(PartitionMapping mapping) {
    var data = new LinkedHashMap<String, Object>();
    data.put("type", type(mapping));
    switch (mapping) {
      case Automatic(), Identity(), AllPartitions(), LastPartition() -> {}
      case SpecificPartitions(var partitions) -> data.put("partitions", partitions);
      case TimeWindows(int startOffset, int endOffset) -> {
        data.put("startOffset", startOffset);
        data.put("endOffset", endOffset);
      }
      case DimensionToSingle(var dimension, var inner) -> {
        data.put("dimension", dimension);
        data.put("mapping", of(inner));
      }
      case PerDimension(var dimensions) -> data.put("dimensions", of(dimensions));
      case StaticMapping(var partitions) -> data.put("partitions", lists(partitions));
      case Custom(var name) -> data.put("name", name);
    }
    return data;
  }

  private static String type(PartitionMapping mapping) {
    return switch (mapping) {
      case Automatic() -> "automatic";
      case Identity() -> "identity";
      case AllPartitions() -> "all";
      case LastPartition() -> "last";
      case SpecificPartitions _ -> "specific";
      case TimeWindows _ -> "time_windows";
      case DimensionToSingle _ -> "dimension_to_single";
      case PerDimension _ -> "per_dimension";
      case StaticMapping _ -> "static";
      case Custom _ -> "custom";
    };
  }

  private static Map<String, Object> of(SortedMap<String, DimensionMapping> dimensions) {
    var data = new LinkedHashMap<String, Object>();
    dimensions.forEach(
        (name, dimension) -> {
          var entry = new LinkedHashMap<String, Object>();
          entry.put("upstream", dimension.upstreamDimension());
          entry.put("mapping", of(dimension.mapping()));
          data.put(name, entry);
        });
    return data;
  }

  private static Map<String, List<String>> lists(SortedMap<String, SortedSet<String>> partitions) {
    var data = new LinkedHashMap<String, List<String>>();
    partitions.forEach((down, up) -> data.put(down, List.copyOf(up)));
    return data;
  }

  static PartitionMapping read(DataFields data) {
    return switch (data.text("type")) {
      case "automatic" -> new Automatic();
      case "identity" -> new Identity();
      case "all" -> new AllPartitions();
      case "last" -> new LastPartition();
      case "specific" -> new SpecificPartitions(data.texts("partitions"));
      case "time_windows" -> new TimeWindows(data.number("startOffset"), data.number("endOffset"));
      case "dimension_to_single" ->
          new DimensionToSingle(data.required("dimension"), read(data.map("mapping")));
      case "per_dimension" -> perDimension(data.map("dimensions"));
      case "static" -> StaticMapping.of(data.lists("partitions"));
      case "custom" -> new Custom(data.text("name"));
      default -> throw data.unknownType();
    };
  }

  private static PerDimension perDimension(DataFields dimensions) {
    var mappings = new TreeMap<String, DimensionMapping>();
    for (String name : dimensions.data().keySet()) {
      DataFields entry = dimensions.map(name);
      mappings.put(
          name, new DimensionMapping(entry.required("upstream"), read(entry.map("mapping"))));
    }
    return new PerDimension(mappings);
  }
}
