package io.stowage.api;

import java.time.Duration;

/**
 * Thrown by an asset's method or a manager that asks to be tried again after a while. The step's
 * attempts count it.
 */
public final class RetryRequested extends StowageException {
  private static final long serialVersionUID = 1L;

  private final Duration delay;

  /**
   * @param delay not negative
   */
  public RetryRequested(String reason, Duration delay) {
    super(ErrorCode.UNAVAILABLE, reason);
    this.delay = delay;
  }

  public Duration delay() {
    return delay;
  }
}
