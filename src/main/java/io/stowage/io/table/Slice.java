package io.stowage.io.table;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.TimeWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that are one value: all of them, or those of one partition.
 *
 * @param partition the key's text, by which the ledger knows it; empty without partitions
 * @param id tells it from all others of the table; empty for the whole table
 * @param parts a column for each dimension; none for the whole table
 */
record Slice(String partition, String id, List<Part> parts) {
  static final Slice WHOLE = new Slice("", "", List.of());

  Slice {
    parts = List.copyOf(parts);
  }

  /**
   * What a column holds in all rows of the slice: the key, or, if it is a column of time, a time
   * within the window.
   *
   * @param window of the key; null where it has none
   */
  record Part(String column, String value, @Nullable TimeWindow window) {
    Part {
      TableName.check("column", column);
    }

    /** What the column must be, as a condition. */
    SlicePart in(LiveTable table) {
      return SlicePart.of(this, table);
    }
  }

  boolean isWhole() {
    return parts.isEmpty();
  }

  /** The rows where a column has that value, in a table where other slices have others. */
  static Slice of(String column, String value) {
    return new Slice(value, value, List.of(new Part(column, value, null)));
  }

  /** Those of the rows where other columns have these values as well. */
  Slice within(String wider, List<Part> further) {
    var all = new ArrayList<>(further);
    all.addAll(parts);
    return new Slice(partition, wider + "/" + id, all);
  }

  /**
   * @param columns {@code column} of one dimension; {@code dimension=column} of several, separated
   *     by commas, or the columns alone where they are named like the dimensions
   * @param window of the partition, where one dimension is of time
   * @throws StowageException {@code INVALID_CONFIGURATION} where there are none, or not one for
   *     each dimension, naming the asset
   */
  static Slice of(
      AssetKey asset, PartitionKey key, Optional<String> columns, Optional<TimeWindow> window) {
    if (columns.isEmpty() || columns.get().isBlank()) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "asset '"
              + asset
              + "' is partitioned, but no column tells the rows of a partition: set its option"
              + " partitionColumn, or the IO manager's partition-column");
    }
    TimeWindow time = window.orElse(null);
    Map<String, String> named = named(columns.get());
    if (key.dimensions().size() == 1 && named.size() == 1) {
      String column = named.values().iterator().next();
      String value = key.components().getFirst();
      return new Slice(key.text(), key.text(), List.of(new Part(column, value, time)));
    }
    if (!named.keySet().equals(key.dimensions().keySet())) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "asset '%s' has %s, but its partition column is '%s': name a column for each, dimension=column, separated by commas"
              .formatted(asset, dimensions(key), columns.get()));
    }
    var parts = new ArrayList<Part>();
    key.dimensions()
        .forEach((name, value) -> parts.add(new Part(named.getOrDefault(name, name), value, time)));
    checkDistinct(asset, parts);
    return new Slice(key.text(), key.text(), parts);
  }

  private static String dimensions(PartitionKey key) {
    return key.dimensions().size() == 1
        ? "one dimension"
        : "the dimensions " + key.dimensions().keySet();
  }

  private static void checkDistinct(AssetKey asset, List<Part> parts) {
    if (parts.stream().map(Part::column).distinct().count() < parts.size()) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "asset '%s' has one partition column for two dimensions: give each its own"
              .formatted(asset));
    }
  }

  private static Map<String, String> named(String columns) {
    var named = new LinkedHashMap<String, String>();
    for (String each : columns.split(",")) {
      String[] pair = each.split("=", 2);
      named.put(pair[0].strip(), pair[pair.length - 1].strip());
    }
    return named;
  }

  /** What the part of that column must be; null where none is of it. */
  @Nullable SlicePart part(String column, LiveTable table) {
    return parts.stream()
        .filter(part -> part.column().equals(column))
        .map(part -> part.in(table))
        .findFirst()
        .orElse(null);
  }

  /** The condition, to stand behind the table's name. */
  String where(LiveTable table) {
    return isWhole()
        ? ""
        : parts.stream()
            .map(part -> part.in(table).condition())
            .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }
}
