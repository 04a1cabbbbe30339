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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Resolves a mapping between two definitions into a rule for each upstream dimension, and refuses
 * one that does not fit.
 */
final class MappingRules {
  private final SortedMap<String, SingleDimensionDefinition> downstream;
  private final SortedMap<String, SingleDimensionDefinition> upstream;

  MappingRules(PartitionsDefinition downstream, PartitionsDefinition upstream) {
    this.downstream = BoundDefinition.dimensions(downstream);
    this.upstream = BoundDefinition.dimensions(upstream);
  }

  /**
   * In the order of the upstream dimensions. Mappings of whole keys have none: {@link
   * PartitionMapper} knows them.
   */
  List<MappingRule> rules(PartitionMapping mapping) {
    return switch (mapping) {
      case Automatic() -> automatic(new TimeWindows(0, 0));
      case TimeWindows windows -> timeWindows(windows);
      case Identity() -> identity();
      case DimensionToSingle single -> single(single);
      case PerDimension(var dimensions) -> {
        var rules = new LinkedHashMap<String, MappingRule>();
        dimensions.forEach(
            (name, each) -> {
              definition(downstream, name, "downstream");
              definition(upstream, each.upstreamDimension(), "upstream");
              rules.put(
                  each.upstreamDimension(), rule(each.upstreamDimension(), name, each.mapping()));
            });
        yield withAllOthers(rules);
      }
      case AllPartitions(), LastPartition(), SpecificPartitions _, StaticMapping _, Custom _ ->
          List.of();
    };
  }

  private List<MappingRule> identity() {
    if (downstream.size() == 1 && upstream.size() == 1) {
      return List.of(new MappingRule(upstream.firstKey(), downstream.firstKey(), new Identity()));
    }
    if (!downstream.keySet().equals(upstream.keySet())) {
      throw Faults.configuration(
          "the same partition cannot be mapped from dimensions "
              + Faults.quoted(downstream.keySet())
              + " to "
              + Faults.quoted(upstream.keySet()));
    }
    return upstream.keySet().stream()
        .map(name -> new MappingRule(name, name, new Identity()))
        .toList();
  }

  private List<MappingRule> single(DimensionToSingle single) {
    if (downstream.size() == 1 == (upstream.size() == 1)) {
      throw Faults.configuration(
          "dimension '"
              + single.dimension()
              + "' is mapped to a single one, so that one side must have several, the other one");
    }
    var rules = new LinkedHashMap<String, MappingRule>();
    if (upstream.size() == 1) {
      definition(downstream, single.dimension(), "downstream");
      rules.put(upstream.firstKey(), rule(upstream.firstKey(), single.dimension(), single.inner()));
    } else {
      definition(upstream, single.dimension(), "upstream");
      rules.put(
          single.dimension(), rule(single.dimension(), downstream.firstKey(), single.inner()));
    }
    return withAllOthers(rules);
  }

  private List<MappingRule> withAllOthers(Map<String, MappingRule> rules) {
    return upstream.keySet().stream()
        .map(name -> rules.getOrDefault(name, new MappingRule(name, null, new AllPartitions())))
        .toList();
  }

  private SingleDimensionDefinition definition(
      SortedMap<String, SingleDimensionDefinition> side, String name, String which) {
    SingleDimensionDefinition definition = side.get(name);
    if (definition == null) {
      throw Faults.configuration(
          "a partition mapping names the dimension "
              + Faults.quoted(name)
              + ", but "
              + which
              + " has "
              + Faults.quoted(side.keySet()));
    }
    return definition;
  }

  /** A rule between two dimensions by a mapping that the author named. */
  private MappingRule rule(String up, String down, PartitionMapping mapping) {
    SingleDimensionDefinition from = definition(downstream, down, "downstream");
    SingleDimensionDefinition to = definition(upstream, up, "upstream");
    if (mapping instanceof TimeWindows && !(isTime(from) && isTime(to))) {
      throw Faults.configuration(
          "time windows cannot be mapped from dimension '"
              + down
              + "' to '"
              + up
              + "': both must be of time");
    }
    if (mapping instanceof Automatic) {
      PartitionMapping follows = following(from, to, new TimeWindows(0, 0));
      return new MappingRule(up, follows instanceof AllPartitions ? null : down, follows);
    }
    return new MappingRule(up, down, mapping);
  }

  private List<MappingRule> timeWindows(TimeWindows windows) {
    var rules = automatic(windows);
    if (rules.stream().noneMatch(rule -> rule.mapping().equals(windows))) {
      throw Faults.configuration(
          "time windows cannot be mapped: both sides need one dimension of time");
    }
    return rules;
  }

  private List<MappingRule> automatic(TimeWindows windows) {
    var rules = new ArrayList<MappingRule>();
    upstream.forEach((name, definition) -> rules.add(automatic(name, definition, windows)));
    return rules;
  }

  private MappingRule automatic(
      String name, SingleDimensionDefinition definition, TimeWindows windows) {
    SingleDimensionDefinition namesake = downstream.get(name);
    if (namesake != null && !(following(namesake, definition, windows) instanceof AllPartitions)) {
      return new MappingRule(name, name, following(namesake, definition, windows));
    }
    var times = downstream.entrySet().stream().filter(each -> isTime(each.getValue())).toList();
    if (isTime(definition) && times.size() == 1) {
      return new MappingRule(name, times.getFirst().getKey(), windows);
    }
    return downstream.entrySet().stream()
        .filter(each -> each.getValue().named(name).equals(definition))
        .findFirst()
        .map(
            each ->
                new MappingRule(
                    name, each.getKey(), following(each.getValue(), definition, windows)))
        .orElseGet(() -> new MappingRule(name, null, new AllPartitions()));
  }

  private static PartitionMapping following(
      SingleDimensionDefinition down, SingleDimensionDefinition up, TimeWindows windows) {
    boolean same =
        switch (up) {
          case TimeWindowPartitionsDefinition _ -> false;
          case DynamicPartitionsDefinition(var name, _) ->
              down instanceof DynamicPartitionsDefinition(var other, _) && other.equals(name);
          case StaticPartitionsDefinition listed ->
              down instanceof StaticPartitionsDefinition other
                  && other.values().stream().anyMatch(listed.listed()::contains);
        };
    if (isTime(up) && isTime(down)) {
      return windows;
    }
    return same ? new Identity() : new AllPartitions();
  }

  private static boolean isTime(SingleDimensionDefinition definition) {
    return definition instanceof TimeWindowPartitionsDefinition;
  }
}
