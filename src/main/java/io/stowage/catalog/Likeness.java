package io.stowage.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody meant who wrote something else. */
public final class Likeness {
  private Likeness() {}

  /**
   * The candidate that is most alike: another case, the same last component of a key, or a slip or
   * two of the keyboard; empty where none is near.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    int most = Math.min(word.length() - 1, 1 + word.length() / 6);
    return candidates.stream()
        .filter(each -> distance(word, each) <= most)
        .min(
            Comparator.<String>comparingInt(each -> distance(word, each))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String word, String candidate) {
    String written = word.toLowerCase(Locale.ROOT);
    String meant = candidate.toLowerCase(Locale.ROOT);
    int whole = written.equals(meant) ? 0 : edits(written, meant);
    return last(written).equals(last(meant)) ? Math.min(whole, 1) : whole;
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** How many letters are wrong, missing, too many, or two in the wrong order. */
  private static int edits(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[from.length()][to.length()];
  }
}
