package io.stowage.api.partition;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions of an upstream asset belong to a partition of the asset that reads it. A value;
 * {@link PartitionMapper} works it out.
 */
public sealed interface PartitionMapping {
  /**
   * What holds where nothing is said. For each dimension upstream, the first of these that fits:
   *
   * <ol>
   *   <li>the dimension of the same name downstream: the same key where the definitions are the
   *       same or share keys, all overlapping windows where both are of time;
   *   <li>the only dimension of time downstream, where this one is of time: all overlapping
   *       windows;
   *   <li>a dimension downstream that is the same but for its name: the same key;
   *   <li>all keys.
   * </ol>
   *
   * An asset without partitions reads all of its upstream's.
   */
  record Automatic() implements PartitionMapping {}

  /** The same key: both definitions have the same dimensions. */
  record Identity() implements PartitionMapping {}

  /** All keys that there are, whatever is asked for. */
  record AllPartitions() implements PartitionMapping {}

  /** The last key that there is, whatever is asked for. */
  record LastPartition() implements PartitionMapping {}

  /** These keys, as text, whatever is asked for. */
  record SpecificPartitions(List<String> partitions) implements PartitionMapping {
    public SpecificPartitions {
      partitions = List.copyOf(partitions);
      if (partitions.isEmpty()) {
        throw Faults.configuration("a mapping to specific partitions names none: name one");
      }
    }
  }

  /**
   * All windows that overlap the downstream window once it is shifted; other dimensions as with
   * {@link Automatic}.
   *
   * @param startOffset by how many downstream windows its start is shifted: {@code -1} for from the
   *     window before
   * @param endOffset by how many downstream windows its end is shifted; not below {@code
   *     startOffset}
   */
  record TimeWindows(int startOffset, int endOffset) implements PartitionMapping {
    private static final int MOST = 10_000;

    public TimeWindows {
      if (startOffset > endOffset || startOffset < -MOST || endOffset > MOST) {
        throw Faults.configuration(
            "windows cannot be mapped from offset "
                + startOffset
                + " to "
                + endOffset
                + ": the first is not above the second, and neither beyond "
                + MOST);
      }
    }
  }

  /**
   * One side has several dimensions, the other one. Where downstream has several, its key in the
   * named dimension counts; where upstream has, all keys whose named dimension is mapped.
   *
   * @param dimension of the side that has several
   */
  record DimensionToSingle(String dimension, PartitionMapping inner) implements PartitionMapping {
    public DimensionToSingle {
      checkInner(inner);
    }
  }

  /**
   * Each dimension on its own. A downstream dimension that is not named does not count; of an
   * upstream dimension that is not named all keys are meant.
   *
   * @param dimensions by the name of the downstream dimension
   */
  record PerDimension(SortedMap<String, DimensionMapping> dimensions) implements PartitionMapping {
    public PerDimension {
      dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
      if (dimensions.values().stream().map(DimensionMapping::upstreamDimension).distinct().count()
          < dimensions.size()) {
        throw Faults.configuration(
            "a mapping by dimension names an upstream dimension twice: " + dimensions.values());
      }
    }

    public PerDimension(Map<String, DimensionMapping> dimensions) {
      this(new TreeMap<>(dimensions));
    }
  }

  /** The upstream dimension that a downstream one is mapped to, and how. */
  record DimensionMapping(String upstreamDimension, PartitionMapping mapping) {
    public DimensionMapping {
      checkInner(mapping);
    }
  }

  /**
   * Written down. A downstream key that is not listed needs nothing.
   *
   * @param partitions upstream keys by downstream key, as texts
   */
  record StaticMapping(SortedMap<String, SortedSet<String>> partitions)
      implements PartitionMapping {
    public StaticMapping {
      var sorted = new TreeMap<String, SortedSet<String>>();
      partitions.forEach(
          (down, up) -> sorted.put(down, Collections.unmodifiableSortedSet(new TreeSet<>(up))));
      partitions = Collections.unmodifiableSortedMap(sorted);
    }

    public static StaticMapping of(Map<String, ? extends Iterable<String>> partitions) {
      var sorted = new TreeMap<String, SortedSet<String>>();
      partitions.forEach(
          (down, up) -> {
            var keys = new TreeSet<String>();
            up.forEach(keys::add);
            sorted.put(down, keys);
          });
      return new StaticMapping(sorted);
    }
  }

  /**
   * By code of the author's, a {@link CustomPartitionMapping}, which a worker runs.
   *
   * @param name the class of it
   */
  record Custom(String name) implements PartitionMapping {
    public Custom {
      if (name.isBlank()) {
        throw Faults.configuration("a custom partition mapping has no name: name its class");
      }
    }
  }

  private static void checkInner(PartitionMapping inner) {
    if (inner instanceof DimensionToSingle
        || inner instanceof PerDimension
        || inner instanceof Custom) {
      throw Faults.configuration(
          "a mapping of one dimension cannot be " + inner + ", which is one of whole keys");
    }
  }

  /**
   * The mapping as a map of text, whole numbers, lists and maps; entries are always in the same
   * order.
   */
  default Map<String, Object> toData() {
    return MappingData.of(this);
  }

  /**
   * The mapping whose data {@link #toData} made.
   *
   * @throws io.stowage.api.StowageException {@code INVALID_CONFIGURATION} where it is none
   */
  static PartitionMapping fromData(Map<String, ? extends @Nullable Object> data) {
    return MappingData.read(new DataFields("partition mapping", data));
  }
}
