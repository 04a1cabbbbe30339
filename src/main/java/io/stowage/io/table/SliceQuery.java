package io.stowage.io.table;

import io.stowage.io.table.column.CopyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statement that gives the rows of slices, one slice behind the other; where there are several,
 * each row behind the slice's position. Rows are not sorted for that: the slices are a list, and
 * for each of them in turn its rows are looked up.
 */
record SliceQuery(Rows rows, List<Slice> slices) {
  /** What is made of a row. */
  interface Rows {
    LiveTable table();

    /** The columns that a row is made of. */
    List<String> columns();

    /** Reads these columns. */
    Object load(CopyRow row);
  }

  /** Whether the first field of a row is the position of its slice. */
  boolean givesPositions() {
    return slices.size() > 1;
  }

  String sql() {
    String columns =
        rows.columns().stream().map(TableName::quoted).collect(Collectors.joining(", "));
    String query =
        givesPositions()
            ? "SELECT k.position" + columns("r.") + joined(columns)
            : "SELECT " + columns + " FROM " + from(slices.getFirst());
    return "COPY (" + query + ") TO STDOUT (FORMAT binary)";
  }

  private String columns(String prefix) {
    return rows.columns().stream()
        .map(column -> ", " + prefix + TableName.quoted(column))
        .collect(Collectors.joining());
  }

  private String from(Slice slice) {
    return rows.table().name().sql() + slice.where(rows.table());
  }

  private String joined(String columns) {
    var values = new ArrayList<String>();
    for (int i = 0; i < slices.size(); i++) {
      values.add("(" + i + bounds(slices.get(i)) + ")");
    }
    var names = new ArrayList<String>(List.of("position"));
    var conditions = new ArrayList<String>();
    for (Slice.Part part : slices.getFirst().parts()) {
      int first = names.size();
      names.add("b" + first);
      names.add("b" + (first + 1));
      conditions.add(part.in(rows.table()).condition("k.b" + first, "k.b" + (first + 1)));
    }
    // OFFSET 0 keeps the look-up a look-up, for each slice in turn.
    return " FROM (VALUES "
        + String.join(", ", values)
        + ") AS k("
        + String.join(", ", names)
        + ") CROSS JOIN LATERAL (SELECT "
        + (columns.isEmpty() ? "1" : columns)
        + " FROM "
        + rows.table().name().sql()
        + " WHERE "
        + String.join(" AND ", conditions)
        + " OFFSET 0) AS r";
  }

  private String bounds(Slice slice) {
    return slice.parts().stream()
        .map(part -> part.in(rows.table()))
        .map(
            part ->
                ", "
                    + typed(part, part.bounds().getFirst())
                    + ", "
                    + typed(part, part.bounds().getLast()))
        .collect(Collectors.joining());
  }

  private static String typed(SlicePart part, Object bound) {
    return TableName.literal(bound) + "::" + part.type().sql();
  }
}
