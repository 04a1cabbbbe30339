package io.stowage.io.record;

import java.util.List;
import java.util.Locale;

/** Which column of a file that other tools have written is meant by a component. */
public final class ColumnNames {
  private ColumnNames() {}

  /**
   * By the name itself, else whatever its case and underscores: {@code tempMax} finds {@code
   * temp_max}. -1 where there is none.
   */
  public static int place(String name, List<String> columns) {
    int exact = columns.indexOf(name);
    if (exact >= 0) {
      return exact;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (plain(columns.get(i)).equals(plain(name))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the name itself is there twice, or in its place several that are read as it. */
  public static boolean ambiguous(String name, List<String> columns) {
    boolean exact = columns.contains(name);
    return columns.stream()
            .filter(column -> exact ? column.equals(name) : plain(column).equals(plain(name)))
            .count()
        > 1;
  }

  private static String plain(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
  }
}
