package io.stowage.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** As much of a long series as shows its course. */
final class Thinned {
  private Thinned() {}

  /**
   * All of a short series; of a longer one the least and the most of each of as many equal parts,
   * in the series' order, and its ends: no peak is lost.
   *
   * @param most how many are kept, four at least
   */
  static <T> List<T> of(List<T> series, int most, ToDoubleFunction<T> value) {
    if (series.size() <= most) {
      return series;
    }
    var kept = new ArrayList<T>(most);
    kept.add(series.getFirst());
    int parts = (most - 2) / 2;
    int inner = series.size() - 2;
    for (int part = 0; part < parts; part++) {
      int from = 1 + (int) ((long) inner * part / parts);
      int to = 1 + (int) ((long) inner * (part + 1) / parts);
      int least = from;
      int greatest = from;
      for (int i = from + 1; i < to; i++) {
        double here = value.applyAsDouble(series.get(i));
        if (here < value.applyAsDouble(series.get(least))) {
          least = i;
        }
        if (here > value.applyAsDouble(series.get(greatest))) {
          greatest = i;
        }
      }
      kept.add(series.get(Math.min(least, greatest)));
      if (least != greatest) {
        kept.add(series.get(Math.max(least, greatest)));
      }
    }
    kept.add(series.getLast());
    return kept;
  }
}
