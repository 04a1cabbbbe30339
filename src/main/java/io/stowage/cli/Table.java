package io.stowage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under a header, as wide as they are; the last column is cut where the terminal ends. */
final class Table {
  private static final int USUAL_WIDTH = 80;

  private final List<String[]> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(header);
  }

  void row(@Nullable Object... cells) {
    rows.add(
        Arrays.stream(cells)
            .map(cell -> cell == null ? "-" : cell.toString())
            .toArray(String[]::new));
  }

  void print(PrintWriter out) {
    int columns = rows.getFirst().length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    int before = Arrays.stream(widths, 0, columns - 1).sum() + 2 * (columns - 1);
    int last = Math.max(12, terminalWidth() - before);
    for (String[] row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns - 1; i++) {
        line.append(row[i]).repeat(' ', widths[i] - row[i].length() + 2);
      }
      line.append(fitted(row[columns - 1], last));
      out.println(line.toString().stripTrailing());
    }
    if (rows.size() == 1) {
      out.println("(none)");
    }
    out.flush();
  }

  /** A location tells most at its end. */
  private static String fitted(String text, int width) {
    return text.length() <= width || !onTerminal()
        ? text
        : "…" + text.substring(text.length() - width + 1);
  }

  static boolean onTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  static int terminalWidth() {
    try {
      return Integer.parseInt(System.getenv().getOrDefault("COLUMNS", String.valueOf(USUAL_WIDTH)));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }
}
