package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.SchemaDifference;
import io.stowage.api.StowageException;
import io.stowage.io.table.column.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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

  TableDefinition(TablePlace place, RowColumns rows) {
    this.name = place.name();
    this.rows = rows;
    this.slice = place.slice();
  }

  /**
   * Whether nothing is to be done to the table.
   *
   * @throws StowageException {@code INCOMPATIBLE_SCHEMA} where what is to be done cannot be
   */
  boolean isMetBy(@Nullable LiveTable table) {
    return table != null && statements(table).isEmpty();
  }

  /** Makes the schema and the table, or changes it; the caller commits. */
  void make(Connection connection) throws SQLException {
    LiveTable table = LiveTable.of(connection, name);
    try (var statement = connection.createStatement()) {
      if (table != null) {
        for (String change : statements(table)) {
          statement.execute(change);
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
    slice
        .parts()
        .forEach(part -> columns.putIfAbsent(part.column(), ColumnType.KEY.sql() + " NOT NULL"));
    return columns.entrySet().stream()
        .map(column -> TableName.quoted(column.getKey()) + " " + column.getValue())
        .collect(Collectors.joining(", "));
  }

  private List<String> statements(LiveTable table) {
    List<TableChange> changes = changes(table, Set.of());
    String refusal = sentences(changes, TableChange::refused);
    if (!refusal.isEmpty()) {
      throw new StowageException(ErrorCode.INCOMPATIBLE_SCHEMA, refusal);
    }
    slice.parts().forEach(part -> part.in(table));
    return changes.stream()
        .map(TableChange::ddl)
        .map(ddl -> "ALTER TABLE " + name.sql() + " " + ddl)
        .toList();
  }

  private String sentences(List<TableChange> changes, Predicate<TableChange> which) {
    String joined =
        changes.stream()
            .filter(which)
            .map(TableChange::sentence)
            .collect(Collectors.joining("; it "));
    return joined.isEmpty() ? "" : "table " + name + " " + joined;
  }

  /**
   * How what is to be stored differs from the table.
   *
   * @param former the columns of the record that was stored last
   */
  SchemaDifference difference(LiveTable table, Set<String> former) {
    List<TableChange> changes = changes(table, former);
    return new SchemaDifference(
        changes.stream().map(TableChange::difference).toList(),
        sentences(changes, TableChange::refused),
        sentences(changes, TableChange::breaksReaders));
  }

  private List<TableChange> changes(LiveTable table, Set<String> former) {
    var changes = new ArrayList<TableChange>();
    List<@Nullable String> bound = rows.columnsIn(table);
    for (int i = 0; i < bound.size(); i++) {
      RowColumns.Field field = rows.fields().get(i);
      String column = bound.get(i);
      LiveTable.Column has = column == null ? null : table.columns().get(column);
      TableChange change =
          column == null || has == null ? added(field) : changed(field, column, has);
      if (change != null) {
        changes.add(change);
      }
    }
    table
        .columns()
        .forEach(
            (column, has) -> {
              if (!bound.contains(column) && slice.parts().stream().noneMatch(isAt(column))) {
                left(column, has, former, changes);
              }
            });
    return changes;
  }

  private static Predicate<Slice.Part> isAt(String column) {
    return part -> part.column().equals(column);
  }

  private TableChange added(RowColumns.Field field) {
    return field.nullable()
        ? TableChange.added(field.name(), field.sql())
        : TableChange.refused(
            field.name(),
            "added",
            "has no column '%s', which record '%s' has as %s: rows that are there would have none; make it Optional or @Nullable"
                .formatted(field.name(), rows.record(), field.sql()));
  }

  private @Nullable TableChange changed(
      RowColumns.Field field, String column, LiveTable.Column has) {
    if (has.type() == null || !field.kind().sql().fitsInto(has.type())) {
      return TableChange.refused(
          column,
          "incompatible",
          "has column '%s' of type %s, but record '%s' has it as %s: alter the column, or change the record"
              .formatted(column, has.sql(), rows.record(), field.kind().sql().sql()));
    }
    return has.notNull() && field.nullable() ? TableChange.relaxed(column) : null;
  }

  private void left(
      String column, LiveTable.Column has, Set<String> former, List<TableChange> changes) {
    if (has.notNull() && !has.filled()) {
      changes.add(
          TableChange.refused(
              column,
              "removed",
              "has column '%s' of type %s, which cannot be null, but record '%s' has none: let the column be null, or drop it"
                  .formatted(column, has.sql(), rows.record())));
    } else if (former.contains(column)) {
      changes.add(TableChange.left(column));
    }
  }
}
