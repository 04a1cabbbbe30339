package io.stowage.api;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that lies in a store, written by an {@link IoManager}; whether anything names it is not
 * known.
 *
 * @param location as a {@link StoredObject} has it
 * @param bytes stored size; -1 of one that was not finished
 * @param modified when it was written, or begun, by the store's clock
 */
public record StoredWrite(URI location, long bytes, Instant modified) {
  /**
   * Who wrote it.
   *
   * @param run a run's id
   * @param lease that the run was executed under; null where it is not known
   */
  public record Origin(String run, @Nullable String lease) {}
}
