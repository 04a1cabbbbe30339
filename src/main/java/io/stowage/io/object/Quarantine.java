package io.stowage.io.object;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of one object that a format cannot store or load, as long as there are few. For
 * one thread.
 */
public class Quarantine {
  /** Takes none. */
  public static final Quarantine NONE = new Quarantine(QuarantineSettings.OFF);

  private static final int KEPT = 10;
  private static final int LONGEST = 1_000;

  private final QuarantineSettings settings;
  private final List<List<String>> first = new ArrayList<>();
  private long count;

  Quarantine(QuarantineSettings settings) {
    this.settings = settings;
  }

  /**
   * Counts a bad row; the caller goes on with the next.
   *
   * @param reason names the row and what is wrong with it
   * @param row the row, whose text is kept
   * @throws StowageException the reason itself where rows are not taken; {@code BAD_DATA} where
   *     there are too many by now
   */
  public void take(StowageException reason, @Nullable Object row) {
    if (!isOn()) {
      throw reason;
    }
    count++;
    String why = String.valueOf(reason.getMessage());
    String text = shortened(String.valueOf(row));
    if (first.size() < KEPT) {
      first.add(List.of(shown(why), shown(text)));
    }
    if (settings.maxRows() > 0 && count > settings.maxRows()) {
      throw tooMany("quarantine.max-rows is " + settings.maxRows());
    }
    keep(why, text);
  }

  /** Puts the row where it is found again; a load only tells of it. */
  void keep(String reason, String row) {}

  /** Whether bad rows are taken at all. */
  public boolean isOn() {
    return settings.maxRows() > 0 || settings.maxRatio().isPresent();
  }

  long count() {
    return count;
  }

  /**
   * At the end of the rows.
   *
   * @param good rows that were stored or loaded
   * @throws StowageException {@code BAD_DATA} where too many of all rows are bad
   */
  final void finish(long good) {
    if (count == 0) {
      return;
    }
    double most = settings.maxRatio().orElse(1);
    if (count > most * (good + count)) {
      throw tooMany("quarantine.max-ratio is %s, of %d rows".formatted(most, good + count));
    }
  }

  private StowageException tooMany(String limit) {
    var reasons = first.stream().limit(3).map(List::getFirst).toList();
    return new StowageException(
        ErrorCode.BAD_DATA,
        "%d rows are bad, and %s; the first: %s"
            .formatted(count, limit, String.join("; ", reasons)));
  }

  /** The first rows, each with why it is bad. */
  final List<List<String>> first() {
    return List.copyOf(first);
  }

  /** The first rows, and why they are bad. */
  MetadataValue table() {
    return MetadataValue.table(List.of("reason", "row"), first);
  }

  /** Metadata cannot hold U+0000, which is not rare in a bad row; the side object can. */
  private static String shown(String text) {
    return text.replace('\0', '\uFFFD');
  }

  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
