package io.stowage.api.partition;

import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
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
    String what =
        " is not "
            + values.expectation()
            + values
                .meant(key.dimension(name))
                .map(meant -> "; is " + Faults.quoted(meant) + " meant?")
                .orElse("");
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

  /**
   * The keys in the definition's order, in ranges. Where they are every combination of a range in
   * each dimension, they are one; else a range ends where the next key in order is left out.
   */
  List<List<PartitionKey>> ranges(Collection<PartitionKey> keys) {
    var sorted = sorted(new LinkedHashSet<>(keys));
    if (sorted.isEmpty()) {
      return List.of();
    }
    if (isBox(sorted)) {
      return List.of(sorted);
    }
    var ranges = new ArrayList<List<PartitionKey>>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !follow(sorted.get(i - 1), sorted.get(i))) {
        ranges.add(List.copyOf(sorted.subList(from, i)));
        from = i;
      }
    }
    return ranges;
  }

  private boolean isBox(List<PartitionKey> sorted) {
    long size = 1;
    for (var dimension : dimensions.entrySet()) {
      var values =
          sorted.stream()
              .map(key -> key.dimension(dimension.getKey()))
              .distinct()
              .sorted(Comparator.comparingLong(dimension.getValue()::rank))
              .toList();
      for (int i = 1; i < values.size(); i++) {
        if (!dimension.getValue().follow(values.get(i - 1), values.get(i))) {
          return false;
        }
      }
      size *= values.size();
    }
    return size == sorted.size();
  }

  /** Whether the other is the next key: some dimension moves on, those after it begin anew. */
  private boolean follow(PartitionKey one, PartitionKey other) {
    boolean moved = false;
    for (var dimension : dimensions.entrySet()) {
      String left = one.dimension(dimension.getKey());
      String right = other.dimension(dimension.getKey());
      DimensionValues values = dimension.getValue();
      if (moved) {
        if (!values.last().equals(Optional.of(left))
            || !values.first().equals(Optional.of(right))) {
          return false;
        }
      } else if (!left.equals(right)) {
        if (!values.follow(left, right)) {
          return false;
        }
        moved = true;
      }
    }
    return moved;
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
