package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table that a record and a slice need. What can be added without touching a row is: the table,
 * a column that may be null, leave to be null. Anything else is refused, naming the column.
 */
final class TableDefinition {
  private final TableName name;
  private final RowColumns rows;
  private final Slice slice;

  TableDefinition(TableName name, RowColumns rows, Slice slice) {
    this.name = name;
    this.rows = rows;
    this.slice = slice;
  }

  /** Whether nothing is to be done to the table. */
  boolean isMetBy(@Nullable LiveTable table) {
    return table != null && changes(table).isEmpty();
  }

  /** Makes the schema and the table, or changes it; the caller commits. */
  void make(Connection connection) throws SQLException {
    LiveTable table = LiveTable.of(connection, name);
    try (var statement = connection.createStatement()) {
      if (table != null) {
        for (String change : changes(table)) {
          statement.execute("ALTER TABLE " + name.sql() + " " + change);
        }
        return;
      }
      statement.execute("CREATE TABLE " + name.sql() + " (" + columns() + ")");
      if (!slice.isWhole()) {
        String indexed =
            slice.parts().stream()
                .map(part -> TableName.quoted(part.column()))
                .collect(Collectors.joining(", "));
        statement.execute("CREATE INDEX ON " + name.sql() + " (" + indexed + ")");
      }
    }
  }

  private String columns() {
    Map<String, String> columns = new LinkedHashMap<>(rows.schema());
    // A column that the record does not have is filled here.
    slice.parts().forEach(part -> columns.putIfAbsent(part.column(), "text NOT NULL"));
    return columns.entrySet().stream()
        .map(column -> TableName.quoted(column.getKey()) + " " + column.getValue())
        .collect(Collectors.joining(", "));
  }

  private List<String> changes(LiveTable table) {
    var changes = new ArrayList<String>();
    List<@Nullable String> bound = rows.columnsIn(table);
    for (int i = 0; i < bound.size(); i++) {
      RowColumns.Field field = rows.fields().get(i);
      String column = bound.get(i);
      if (column == null) {
        changes.add(added(field));
      } else if (relaxed(field, column, table.columns().get(column))) {
        changes.add("ALTER COLUMN " + TableName.quoted(column) + " DROP NOT NULL");
      }
    }
    slice.parts().forEach(part -> Slice.value(part, table));
    table.columns().forEach((column, has) -> checkFilled(column, has, bound));
    return changes;
  }

  private String added(RowColumns.Field field) {
    if (!field.nullable()) {
      throw refused(
          "has no column '%s', which record '%s' has as %s: rows that are there would have none; make it Optional or @Nullable"
              .formatted(field.name(), rows.record(), field.sql()));
    }
    return "ADD COLUMN " + TableName.quoted(field.name()) + " " + field.sql();
  }

  private boolean relaxed(RowColumns.Field field, String column, LiveTable.@Nullable Column has) {
    if (has == null) {
      return false;
    }
    if (has.type() == null || !field.kind().sql().fitsInto(has.type())) {
      throw refused(
          "has column '%s' of type %s, but record '%s' has it as %s: alter the column, or change the record"
              .formatted(column, has.sql(), rows.record(), field.kind().sql().sql()));
    }
    return has.notNull() && field.nullable();
  }

  private void checkFilled(String column, LiveTable.Column has, List<@Nullable String> bound) {
    boolean given =
        bound.contains(column)
            || slice.parts().stream().anyMatch(part -> part.column().equals(column));
    if (has.notNull() && !has.filled() && !given) {
      throw refused(
          "has column '%s' of type %s, which cannot be null, but record '%s' has none: let the column be null, or drop it"
              .formatted(column, has.sql(), rows.record()));
    }
  }

  private StowageException refused(String message) {
    return new StowageException(ErrorCode.BAD_DATA, "table " + name + " " + message);
  }
}
