package io.stowage.api.partition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two dimensions or more: a partition for each combination of their keys, ordered by the
 * dimensions' names, the first dimension slowest.
 *
 * @param byDimension the dimensions by name; each takes the name that it stands under
 */
public record MultiPartitionsDefinition(SortedMap<String, SingleDimensionDefinition> byDimension)
    implements PartitionsDefinition {
  public MultiPartitionsDefinition {
    if (byDimension.size() < 2) {
      throw Faults.configuration(
          "partitions of several dimensions need two at least, not "
              + Faults.quoted(byDimension.keySet()));
    }
    var named = new TreeMap<String, SingleDimensionDefinition>();
    byDimension.forEach((name, definition) -> named.put(name, definition.named(name)));
    byDimension = Collections.unmodifiableSortedMap(named);
  }

  @Override
  public List<String> dimensions() {
    return new ArrayList<>(byDimension.keySet());
  }
}
