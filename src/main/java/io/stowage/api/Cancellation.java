package io.stowage.api;

/**
 * Whether the work at hand should stop: an operator canceled the run, its worker drains, or its
 * lease was lost. Safe from any thread.
 */
public interface Cancellation {
  boolean requested();

  /**
   * Does nothing, or throws {@link StowageException} with code {@code CANCELED}: call it between
   * parts of long work.
   */
  default void throwIfRequested() {
    if (requested()) {
      throw new StowageException(ErrorCode.CANCELED, "stopped on request");
    }
  }
}
