package io.stowage.io.table;

import io.stowage.io.table.column.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table as the database has it. */
record LiveTable(TableName name, Map<String, Column> columns) {
  private static final String DESCRIBE =
      """
      SELECT a.attname, t.typname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        a.atthasdef OR a.attidentity <> ''
      FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum""";

  /**
   * @param type null for one that is not written or read here
   * @param sql the type as the database calls it
   * @param filled whether the database gives it a value where a row has none
   */
  record Column(@Nullable ColumnType type, String sql, boolean notNull, boolean filled) {}

  /** Null where there is no such table. */
  static @Nullable LiveTable of(Connection connection, TableName name) throws SQLException {
    try (var statement = connection.prepareStatement(DESCRIBE)) {
      statement.setString(1, name.schema());
      statement.setString(2, name.table());
      var columns = new LinkedHashMap<String, Column>();
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          columns.put(
              found.getString(1),
              new Column(
                  ColumnType.named(found.getString(2)),
                  found.getString(3),
                  found.getBoolean(4),
                  found.getBoolean(5)));
        }
      }
      return columns.isEmpty() ? null : new LiveTable(name, columns);
    }
  }
}
