package io.stowage.protocol;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * @param standings one for each object, in the order asked; words of {@link Standing}
 * @param underWaySince when the oldest attempt was claimed that is under way, other than at sweeps
 *     and wipes; null where there is none
 */
public record KnownObjectsAnswer(List<String> standings, @Nullable Instant underWaySince) {
  /** What the ledger knows of an object. */
  public enum Standing {
    /** A materialization names it that is not removed, or was removed while a run may read it. */
    NAMED,
    /** Nothing names it, but the attempt that wrote it is under way. */
    BUSY,
    /** Nothing names it, and it is not known that a run of this control plane wrote it. */
    FOREIGN,
    /** A run of this control plane wrote it, and nobody can commit it any more. */
    UNCLAIMED;

    /** As it stands in an answer. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What a word says; of one that is not known here, that the object is to be left. */
    public static Standing of(String word) {
      return Arrays.stream(values())
          .filter(standing -> standing.word().equals(word))
          .findFirst()
          .orElse(FOREIGN);
    }
  }
}
