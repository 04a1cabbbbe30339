package io.stowage.api.partition;

import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A definition under one context: what it answers follows from what its dimensions answer. */
final class BoundDefinition {
  private final SortedMap<String, DimensionValues> dimensions = new TreeMap<>();

  BoundDefinition(PartitionsDefinition definition, PartitionContext context) {
    dimensions(definition)
        .forEach((name, d) -> dimensions.put(name, DimensionValues.of(d, context)));
  }

  /** For what can be told of a key without a context. */
  BoundDefinition(PartitionsDefinition definition) {
    dimensions(definition)
        .forEach((name, d) -> dimensions.put(name, DimensionValues.withoutContext(d)));
  }

  /** The dimensions of a definition by name, its own where it is one. */
  static SortedMap<String, SingleDimensionDefinition> dimensions(PartitionsDefinition definition) {
    return switch (definition) {
      case SingleDimensionDefinition single -> new TreeMap<>(Map.of(single.dimension(), single));
      case MultiPartitionsDefinition multi -> multi.byDimension();
    };
  }

  SortedMap<String, DimensionValues> dimensions() {
    return dimensions;
  }

  DimensionValues dimension(String name) {
    DimensionValues values = dimensions.get(name);
    if (values == null) {
      throw Faults.configuration(
          "there is no dimension "
              + Faults.quoted(name)
              + ", but "
              + Faults.quoted(dimensions.keySet()));
    }
    return values;
  }

  List<PartitionKey> keys() {
    var values = new TreeMap<String, List<String>>();
    dimensions.forEach((name, dimension) -> values.put(name, dimension.all()));
    return product(values);
  }

  Optional<PartitionKey> last() {
    var components = new TreeMap<String, String>();
    dimensions.forEach(
        (name, dimension) -> dimension.last().ifPresent(last -> components.put(name, last)));
    return components.size() < dimensions.size()
        ? Optional.empty()
        : Optional.of(PartitionKey.of(components));
  }

  long count() {
    return dimensions.values().stream()
        .mapToLong(DimensionValues::count)
        .reduce(1, Math::multiplyExact);
  }

  boolean contains(PartitionKey key) {
    return fits(key)
        && dimensions.entrySet().stream()
            .allMatch(each -> each.getValue().contains(key.dimension(each.getKey())));
  }

  private boolean fits(PartitionKey key) {
    return dimensions.size() == key.dimensions().size()
        && (dimensions.size() == 1 || dimensions.keySet().equals(key.dimensions().keySet()));
  }

  /** Returns the key, where it is contained. */
  PartitionKey check(PartitionKey key) {
    if (!fits(key)) {
      throw Faults.unknown(
          "partition "
              + Faults.quoted(key.text())
              + " has not the dimensions "
              + Faults.quoted(dimensions.keySet()));
    }
    dimensions.forEach(
        (name, values) -> {
          if (!values.contains(key.dimension(name))) {
            throw unknown(key, name, values);
          }
        });
    return key;
  }

  private StowageException unknown(PartitionKey key, String name, DimensionValues values) {
    String what = " is not " + values.expectation();
    String text = "partition " + Faults.quoted(key.text());
    return Faults.unknown(
        dimensions.size() == 1
            ? text + what
            : text + " is none: " + name + " " + Faults.quoted(key.dimension(name)) + what);
  }

  List<PartitionKey> between(PartitionKey from, PartitionKey to) {
    check(from);
    check(to);
    var values = new TreeMap<String, List<String>>();
    dimensions.forEach(
        (name, dimension) ->
            values.put(name, dimension.between(from.dimension(name), to.dimension(name))));
    if (values.values().stream().anyMatch(List::isEmpty)) {
      throw Faults.request(
          "the range of partitions from "
              + Faults.quoted(from.text())
              + " to "
              + Faults.quoted(to.text())
              + " ends before it begins");
    }
    return product(values);
  }

  Optional<TimeWindow> window(PartitionKey key) {
    var times =
        dimensions.entrySet().stream()
            .filter(each -> each.getValue() instanceof TimeValues)
            .toList();
    if (times.size() != 1) {
      return Optional.empty();
    }
    check(key);
    return ((TimeValues) times.getFirst().getValue())
        .keys()
        .window(key.dimension(times.getFirst().getKey()));
  }

  /** The keys in the definition's order. */
  List<PartitionKey> sorted(Collection<PartitionKey> keys) {
    var ranks = new HashMap<String, Map<String, Long>>();
    dimensions.keySet().forEach(name -> ranks.put(name, new HashMap<>()));
    var sorted = new ArrayList<>(keys);
    sorted.sort((one, other) -> compare(one, other, ranks));
    return sorted;
  }

  private int compare(PartitionKey one, PartitionKey other, Map<String, Map<String, Long>> ranks) {
    for (var dimension : dimensions.entrySet()) {
      Map<String, Long> known = ranks.getOrDefault(dimension.getKey(), Map.of());
      String name = dimension.getKey();
      long left = known.computeIfAbsent(one.dimension(name), dimension.getValue()::rank);
      long right = known.computeIfAbsent(other.dimension(name), dimension.getValue()::rank);
      if (left != right) {
        return Long.compare(left, right);
      }
    }
    return one.compareTo(other);
  }

  /** Every combination, the first dimension slowest. */
  static List<PartitionKey> product(SortedMap<String, List<String>> values) {
    List<TreeMap<String, String>> made = List.of(new TreeMap<>());
    for (var dimension : values.entrySet()) {
      if ((long) made.size() * dimension.getValue().size() > DimensionValues.MOST) {
        throw DimensionValues.tooMany();
      }
      var longer =
          new ArrayList<TreeMap<String, String>>(made.size() * dimension.getValue().size());
      for (var components : made) {
        for (String value : dimension.getValue()) {
          var more = new TreeMap<>(components);
          more.put(dimension.getKey(), value);
          longer.add(more);
        }
      }
      made = longer;
    }
    return made.stream().map(PartitionKey::of).toList();
  }
}
