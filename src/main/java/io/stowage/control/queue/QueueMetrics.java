package io.stowage.control.queue;

import java.time.Duration;

/** What the queue tells of itself. */
public interface QueueMetrics {
  /**
   * @param waited from when the run was ready until it was claimed
   */
  void claimed(Duration waited);

  /**
   * @param outcome {@code succeeded}, {@code failed}, …
   */
  void ended(String outcome);

  void submitted();

  void committed(boolean superseded);

  void lost(int leases);

  /** A call under a lease that was held no more. */
  void stale();
}
