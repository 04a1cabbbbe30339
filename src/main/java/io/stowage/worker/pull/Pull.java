package io.stowage.worker.pull;

import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.Lease;
import java.time.Duration;
import java.util.List;

/** How a worker comes to runs. Used by one thread; blocks. */
public interface Pull extends AutoCloseable {
  /** The control plane's answer, as the session that asks gets it. */
  @FunctionalInterface
  interface Claim {
    ClaimAnswer of(ClaimRequest request);
  }

  /**
   * Leases that are new; waits for the first.
   *
   * @param most at least 1
   * @throws io.stowage.api.StowageException what {@code claim} throws; {@code CANCELED} where the
   *     thread was interrupted
   */
  List<Lease> next(Claim claim, int most, Duration wait);

  /** Whether the call that ends a run may bring the next one, whichever comes first. */
  boolean takesWhatComes();

  /** Ends what is under way. */
  @Override
  void close();
}
