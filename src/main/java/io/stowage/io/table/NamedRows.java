package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.table.column.ColumnType;
import io.stowage.io.table.column.CopyRow;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table whose record nobody knows: values by the names of the columns, of those whose
 * type is known.
 */
record NamedRows(LiveTable table, List<String> columns) implements SliceQuery.Rows {
  /**
   * @param wanted names of columns, separated by commas; null for all
   */
  static NamedRows of(LiveTable table, @Nullable String wanted) {
    if (wanted == null) {
      return new NamedRows(
          table,
          table.columns().keySet().stream().filter(column -> type(table, column) != null).toList());
    }
    List<String> names = Arrays.stream(wanted.split(",")).map(String::strip).toList();
    for (String name : names) {
      if (type(table, name) == null) {
        throw new StowageException(
            ErrorCode.TYPE_MISMATCH,
            "option columns names '%s', but table %s has %s"
                .formatted(name, table.name(), of(table, null).columns()));
      }
    }
    return new NamedRows(table, names);
  }

  private static @Nullable ColumnType type(LiveTable table, String column) {
    LiveTable.Column live = table.columns().get(column);
    return live == null ? null : live.type();
  }

  @Override
  public Object load(CopyRow row) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (String column : columns) {
      ColumnType type = Objects.requireNonNull(type(table, column));
      try {
        values.put(column, row.next() ? type.readPlain(row) : null);
      } catch (IllegalArgumentException e) {
        throw new StowageException(
            ErrorCode.BAD_DATA,
            "table %s, column '%s' cannot be read: %s"
                .formatted(table.name(), column, e.getMessage()),
            e);
      }
    }
    return Collections.unmodifiableMap(values);
  }
}
