package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param standings one for each object, in the order asked
 * @param underWaySince when the oldest attempt was claimed that is under way, other than at sweeps
 *     and wipes; null where there is none
 */
public record KnownObjectsAnswer(List<Standing> standings, @Nullable Instant underWaySince) {
  /** What the ledger knows of an object. */
  public enum Standing {
    /** A materialization names it that is not removed, or was removed while a run may read it. */
    NAMED,
    /** Nothing names it, but the attempt that wrote it is under way. */
    BUSY,
    /** Nothing names it, and it is not known that a run of this control plane wrote it. */
    FOREIGN,
    /** A run of this control plane wrote it, and nobody can commit it any more. */
    UNCLAIMED
  }
}
