package io.stowage.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores outputs and loads inputs, so that the methods that compute assets know of no storage.
 *
 * <p>A write becomes visible through the ledger only by the commit that follows {@link
 * #handleOutput}. A manager therefore writes each time to a place of its own, and says where by
 * {@link OutputContext#stored}; what a lost attempt wrote is never seen. For a file format extend
 * {@code ObjectIoManager}, which does this over any store.
 */
public interface IoManager extends InputManager {
  /**
   * Stores the value, or fails leaving what was committed before whole and readable.
   *
   * @param value of the declared type; a stream is consumed here, and closed by the caller; null
   *     only where the declared type allows it
   * @throws StowageException {@code TYPE_MISMATCH} for a value that cannot be stored, naming field
   *     and reason; {@code UNAVAILABLE} where trying again may help. Anything else thrown is a
   *     failure of the step, of kind {@code ASSET}
   */
  void handleOutput(OutputContext context, @Nullable Object value) throws Exception;

  /** Who removes what this manager stored: itself, if it can; of a wrapper, what it wraps. */
  default Optional<Sweepable> sweepable() {
    return this instanceof Sweepable itself ? Optional.of(itself) : Optional.empty();
  }
}
