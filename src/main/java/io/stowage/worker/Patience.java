package io.stowage.worker;

import io.stowage.api.ErrorKind;
import io.stowage.api.StowageException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Repeats a call that may be repeated while the control plane does not answer, with jitter, as long
 * as it makes sense.
 */
final class Patience {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 3_000;
  private static final int MOST_DOUBLINGS = 5;

  private Patience() {}

  /**
   * @param whileTrue asked before each further try
   * @throws StowageException the last one, of kind transient only where it makes no more sense
   */
  static <T> T call(Supplier<T> call, BooleanSupplier whileTrue) {
    for (int tried = 0; ; tried++) {
      try {
        return call.get();
      } catch (StowageException e) {
        if (e.kind() != ErrorKind.TRANSIENT || !whileTrue.getAsBoolean() || !waited(tried)) {
          throw e;
        }
      }
    }
  }

  /** Waits a random time that grows with the tries; false where the thread was interrupted. */
  static boolean waited(int tried) {
    long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tried, MOST_DOUBLINGS));
    try {
      Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
