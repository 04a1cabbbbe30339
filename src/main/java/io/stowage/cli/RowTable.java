package io.stowage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the width of a terminal: what is too long is cut, and columns that have no room are
 * named.
 */
final class RowTable {
  private final List<String> columns;
  private final List<Map<String, @Nullable Object>> rows;

  RowTable(List<Map<String, @Nullable Object>> rows) {
    var names = new LinkedHashSet<String>();
    rows.forEach(row -> names.addAll(row.keySet()));
    this.columns = List.copyOf(names);
    this.rows = rows;
  }

  void print(PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("(no rows)");
      return;
    }
    int width = Table.terminalWidth();
    var shown = new ArrayList<>(columns);
    while (shown.size() > 1 && least(shown) > width) {
      shown.removeLast();
    }
    int[] widths = widths(shown, width);
    out.println(line(shown, widths, shown));
    for (Map<String, @Nullable Object> row : rows) {
      out.println(line(shown.stream().map(name -> text(row.get(name))).toList(), widths, shown));
    }
    if (shown.size() < columns.size()) {
      out.println(
          "(no room for "
              + String.join(", ", columns.subList(shown.size(), columns.size()))
              + ": --json shows all)");
    }
  }

  private int least(List<String> shown) {
    return shown.stream().mapToInt(name -> Math.min(Table.LEAST, longest(name))).sum()
        + Table.GAP.length() * (shown.size() - 1);
  }

  private int longest(String column) {
    return Math.max(
        column.length(),
        rows.stream().mapToInt(row -> text(row.get(column)).length()).max().orElse(0));
  }

  private int[] widths(List<String> shown, int width) {
    int[] widths = shown.stream().mapToInt(this::longest).toArray();
    Table.narrow(widths, width, 0);
    return widths;
  }

  private String line(List<String> cells, int[] widths, List<String> shown) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = fitted(cells.get(i), widths[i]);
      String pad = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : Table.GAP).append(numbers(shown.get(i)) ? pad + cell : cell + pad);
    }
    return line.toString().stripTrailing();
  }

  private boolean numbers(String column) {
    return rows.stream()
        .map(row -> row.get(column))
        .allMatch(value -> value == null || value instanceof Number);
  }

  private static String fitted(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : RowFile.cell(value).replaceAll("\\p{Cntrl}", " ");
  }
}
