package io.stowage.control.page;

import io.stowage.protocol.BackfillView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A backfill, and how far it has come. */
public record ShownBackfill(BackfillView of) {
  private static final List<String> OUTCOMES =
      List.of("succeeded", "live", "failed", "skipped", "canceled", "waiting");

  /**
   * A part of the bar.
   *
   * @param x in hundredths of the whole
   */
  public record Part(String outcome, int number, String x, String width) {}

  /** By outcome, without those of which there are none. */
  public List<Part> parts() {
    var parts = new ArrayList<Part>();
    double from = 0;
    for (String outcome : OUTCOMES) {
      int number = of.counts().getOrDefault(outcome, 0);
      if (number > 0) {
        double width = 100.0 * number / Math.max(1, of.total());
        parts.add(new Part(outcome, number, percent(from), percent(width)));
        from += width;
      }
    }
    return parts;
  }

  /** How many have come to an end. */
  public int ended() {
    return of.total()
        - of.counts().getOrDefault("waiting", 0)
        - of.counts().getOrDefault("live", 0);
  }

  public boolean live() {
    return of.finishedAt() == null;
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.2f", part);
  }
}
