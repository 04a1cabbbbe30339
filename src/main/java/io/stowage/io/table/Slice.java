package io.stowage.io.table;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of a table that are one value: all of them, or those of one partition.
 *
 * @param partition the key's text; empty for the whole table
 * @param parts a column for each dimension; none for the whole table
 */
record Slice(String partition, List<Part> parts) {
  static final Slice WHOLE = new Slice("", List.of());

  /** What a column holds in all rows of the slice. */
  record Part(String column, String value) {}

  boolean isWhole() {
    return parts.isEmpty();
  }

  /**
   * @param columns {@code column} of one dimension; {@code dimension=column} of several, separated
   *     by commas, or the columns alone where they are named like the dimensions
   * @throws StowageException {@code INVALID_CONFIGURATION} where there are none, or not one for
   *     each dimension, naming the asset
   */
  static Slice of(AssetKey asset, PartitionKey key, Optional<String> columns) {
    if (columns.isEmpty() || columns.get().isBlank()) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "asset '"
              + asset
              + "' is partitioned, but no column tells the rows of a partition: set its option"
              + " partitionColumn, or the IO manager's partition-column");
    }
    Map<String, String> named = named(columns.get());
    if (key.dimensions().size() == 1 && named.size() == 1) {
      return slice(key, List.of(new Part(only(named.values()), key.components().getFirst())));
    }
    if (!named.keySet().equals(key.dimensions().keySet())) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "asset '"
              + asset
              + "' has "
              + (key.dimensions().size() == 1
                  ? "one dimension"
                  : "the dimensions " + key.dimensions().keySet())
              + ", but its partition column is '"
              + columns.get()
              + "': name a column for each, dimension=column, separated by commas");
    }
    var parts = new ArrayList<Part>();
    key.dimensions()
        .forEach((name, value) -> parts.add(new Part(named.getOrDefault(name, name), value)));
    return slice(key, parts);
  }

  private static Slice slice(PartitionKey key, List<Part> parts) {
    parts.forEach(part -> TableName.check("column", part.column));
    return new Slice(key.text(), List.copyOf(parts));
  }

  private static Map<String, String> named(String columns) {
    var named = new LinkedHashMap<String, String>();
    for (String each : columns.split(",")) {
      String[] pair = each.split("=", 2);
      named.put(pair[0].strip(), pair[pair.length - 1].strip());
    }
    return named;
  }

  private static String only(Iterable<String> names) {
    return names.iterator().next();
  }

  /** The condition, with a parameter for each part; to stand behind the table's name. */
  String where() {
    return isWhole()
        ? ""
        : parts.stream()
            .map(part -> TableName.quoted(part.column) + " = ?")
            .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  /** Sets the condition's parameters, by the types of the table's columns. */
  void bind(PreparedStatement statement, LiveTable table) throws SQLException {
    for (int i = 0; i < parts.size(); i++) {
      statement.setObject(i + 1, value(parts.get(i), table));
    }
  }

  /**
   * What the column holds, of the column's type.
   *
   * @throws StowageException {@code BAD_DATA} where the table has no such column, or no key can be
   *     its value
   */
  static Object value(Part part, LiveTable table) {
    LiveTable.Column column = table.columns().get(part.column);
    SqlType type = column == null ? null : column.type();
    if (column == null || type == null) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "table "
              + table.name()
              + (column == null
                  ? " has no column '" + part.column + "' to tell its partitions by"
                  : " tells its partitions by column '"
                      + part.column
                      + "' of type "
                      + column.sql()
                      + ", which keys cannot be"));
    }
    try {
      return type.parse(part.value);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "column '"
              + part.column
              + "' of table "
              + table.name()
              + " cannot tell partition '"
              + part.value
              + "': "
              + e.getMessage()
              + "; name a column that the record does not have",
          e);
    }
  }
}
