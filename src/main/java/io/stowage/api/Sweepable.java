package io.stowage.api;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link IoManager} may be able to do besides: remove what it stored. A sweep and a wipe
 * pass over the assets of a manager that is not {@code Sweepable}, and say so: one that keeps the
 * last value alone has nothing that a retention could remove.
 *
 * <p>What is removed is decided by the ledger alone; a manager is told to remove nothing that is
 * current, or that a run under way may be reading. Calls block, may come from several threads, and
 * may be repeated after a crash: removing what is gone is no failure.
 */
public interface Sweepable {
  /** What a sweep leaves that does not say so itself. */
  default Retention retention() {
    return Retention.DEFAULT;
  }

  /**
   * Whether this manager can remove the object of the materialization, and nothing else with it. It
   * is asked before the materialization is marked as removed: false for an object in another store
   * than the one that is configured now, and for one whose name is used again by another write.
   * Touches no store.
   */
  boolean owns(Materialization materialization);

  /**
   * Removes the object of a materialization that this manager {@linkplain #owns owns}.
   *
   * @return whether there was one
   * @throws StowageException {@code UNAVAILABLE} where trying again may help
   */
  boolean remove(Materialization materialization);

  /**
   * All that lies where this manager writes, and has a name as it gives one; lazily, so that it
   * need not fit in memory. Closed by the caller. What other tools put there must not be in it.
   * Empty, which is the default, where the manager cannot tell: then what lost attempts have left
   * behind is not found.
   *
   * @param asset those of this asset alone; null for all
   */
  default Stream<StoredWrite> writes(@Nullable AssetKey asset) {
    return Stream.empty();
  }

  /**
   * Who wrote it, as the object itself says; empty where it does not say, or is gone. What nobody
   * is known to have written is not removed.
   */
  default Optional<StoredWrite.Origin> origin(StoredWrite write) {
    return Optional.empty();
  }

  /**
   * Writes that were begun and have not ended, with the time at which they were begun; as {@link
   * #writes}. Empty, which is the default, where the store has none or clears them up by itself.
   */
  default Stream<StoredWrite> unfinished(@Nullable AssetKey asset) {
    return Stream.empty();
  }

  /** Gives up what {@link #unfinished} has told of. */
  default void abandon(StoredWrite write) {}

  /**
   * Removes what {@link #writes} has told of.
   *
   * @return whether it was there still
   */
  default boolean remove(StoredWrite write) {
    return false;
  }
}
