package io.stowage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows under a header. On a terminal, and where {@code COLUMNS} says how wide it is to be, what has
 * no room is cut: never the first column, by which a row is named; a file and another program get
 * all of it.
 */
final class Table {
  private static final int USUAL_WIDTH = 80;
  static final int LEAST = 6;
  static final String GAP = "  ";

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
    boolean fitted = onTerminal() || System.getenv("COLUMNS") != null;
    lines(fitted ? terminalWidth() : Integer.MAX_VALUE).forEach(out::println);
    out.flush();
  }

  List<String> lines(int width) {
    int[] widths = widths(width);
    var lines = new ArrayList<String>();
    for (String[] row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String cell = i == row.length - 1 ? endOf(row[i], widths[i]) : startOf(row[i], widths[i]);
        line.append(cell).repeat(' ', widths[i] - cell.length()).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    if (rows.size() == 1) {
      lines.add("(none)");
    }
    return lines;
  }

  private int[] widths(int width) {
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    narrow(widths, width, 1);
    return widths;
  }

  /**
   * Until they fit, with the gaps between them, or none may be cut further; the widest gives way
   * first.
   *
   * @param kept so many columns at the start are never cut
   */
  static void narrow(int[] widths, int width, int kept) {
    long room = width - (long) GAP.length() * (widths.length - 1);
    while (Arrays.stream(widths).asLongStream().sum() > room) {
      int widest = widths.length - 1;
      for (int i = kept; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widest < kept || widths[widest] <= LEAST) {
        break;
      }
      widths[widest]--;
    }
  }

  private static String startOf(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  /** A location tells most at its end. */
  private static String endOf(String text, int width) {
    return text.length() <= width ? text : "…" + text.substring(text.length() - width + 1);
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
