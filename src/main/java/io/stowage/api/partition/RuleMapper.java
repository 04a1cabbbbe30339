package io.stowage.api.partition;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps keys dimension by dimension: what a downstream key needs is every combination of what its
 * components need. So a downstream key needs an upstream key exactly where each rule holds between
 * their components, which is what the reverse rests on.
 */
final class RuleMapper {
  private final List<MappingRule> rules;
  private final BoundDefinition downstream;
  private final BoundDefinition upstream;
  private final Map<MappingRule, Map<String, Needed>> needed = new HashMap<>();

  /** Components that one component needs; some of them may not be there. */
  private record Needed(List<String> existing, List<String> all) {}

  RuleMapper(List<MappingRule> rules, BoundDefinition downstream, BoundDefinition upstream) {
    this.rules = rules;
    this.downstream = downstream;
    this.upstream = upstream;
  }

  MappedPartitions upstream(List<PartitionKey> keys) {
    var existing = new LinkedHashSet<PartitionKey>();
    var missing = new LinkedHashSet<PartitionKey>();
    for (PartitionKey key : keys) {
      downstream.check(key);
      var found = new TreeMap<String, List<String>>();
      var named = new TreeMap<String, List<String>>();
      for (MappingRule rule : rules) {
        Needed components = needed(rule, key);
        found.put(rule.upstream(), components.existing);
        named.put(rule.upstream(), components.all);
      }
      existing.addAll(BoundDefinition.product(found));
      if (!found.equals(named)) {
        missing.addAll(BoundDefinition.product(named));
      }
    }
    missing.removeAll(existing);
    return new MappedPartitions(upstream.sorted(existing), List.copyOf(missing));
  }

  private Needed needed(MappingRule rule, PartitionKey key) {
    String value = rule.downstream() == null ? "" : key.dimension(rule.downstream());
    return needed
        .computeIfAbsent(rule, _ -> new HashMap<>())
        .computeIfAbsent(value, _ -> needed(rule, value));
  }

  private Needed needed(MappingRule rule, String value) {
    DimensionValues up = upstream.dimension(rule.upstream());
    String from = rule.downstream();
    List<String> all =
        from == null
            ? DimensionMapper.independent(rule.mapping(), up)
            : DimensionMapper.upstream(rule.mapping(), downstream.dimension(from), value, up);
    return new Needed(all.stream().filter(up::contains).toList(), all);
  }

  List<PartitionKey> downstream(List<PartitionKey> keys) {
    var needing = new LinkedHashSet<PartitionKey>();
    for (PartitionKey key : keys) {
      upstream.check(key);
      var components = new TreeMap<String, List<String>>();
      downstream
          .dimensions()
          .forEach((name, values) -> components.put(name, needing(name, values, key)));
      needing.addAll(BoundDefinition.product(components));
    }
    return downstream.sorted(needing);
  }

  /**
   * The components of a downstream dimension that need the upstream key: all of them, where no rule
   * asks.
   */
  private List<String> needing(String name, DimensionValues values, PartitionKey key) {
    @Nullable Set<String> common = null;
    for (MappingRule rule : rules) {
      if (name.equals(rule.downstream())) {
        var some =
            DimensionMapper.downstream(
                rule.mapping(),
                values,
                key.dimension(rule.upstream()),
                upstream.dimension(rule.upstream()));
        common = common == null ? new LinkedHashSet<>(some) : common(common, some);
      }
    }
    return common == null ? values.all() : common.stream().filter(values::contains).toList();
  }

  private static Set<String> common(Set<String> some, Collection<String> others) {
    var common = new LinkedHashSet<>(some);
    common.retainAll(Set.copyOf(others));
    return common;
  }
}
