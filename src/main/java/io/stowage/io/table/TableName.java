package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.nio.charset.StandardCharsets;

/** A table's name, of whatever characters. */
record TableName(String schema, String table) {
  /** Longer ones PostgreSQL would cut off, and so might take two for one. */
  private static final int LONGEST_BYTES = 63;

  TableName {
    check("schema", schema);
    check("table", table);
    if (table.equals(SliceFences.TABLE)) {
      throw new StowageException(
          ErrorCode.INVALID_KEY,
          "a table cannot be named '" + table + "': it keeps what was stored by which run");
    }
  }

  /** Refuses a name that PostgreSQL would not keep as it is. */
  static void check(String what, String name) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      throw new StowageException(
          ErrorCode.INVALID_KEY,
          what
              + " name '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "' is empty or has a control character");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      throw new StowageException(
          ErrorCode.INVALID_KEY,
          what + " name '" + name + "' is longer than PostgreSQL's " + LONGEST_BYTES + " bytes");
    }
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A value as it stands in a statement, whatever the server takes a backslash for. */
  static String literal(Object value) {
    return "E'" + value.toString().replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** As it stands in a statement. */
  String sql() {
    return quoted(schema) + "." + quoted(table);
  }

  /** The table beside it that keeps what was stored, as it stands in a statement. */
  String fences() {
    return quoted(schema) + "." + quoted(SliceFences.TABLE);
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
