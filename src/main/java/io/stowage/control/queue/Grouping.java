package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.time.Duration;

/**
 * How calls of many workers are grouped.
 *
 * @param most calls of one statement
 * @param window the longest that a group gathers while others are under way
 */
public record Grouping(int most, Duration window) {
  /** A commit takes a few milliseconds; who waits for one may as well wait for company. */
  public static final Grouping USUAL = new Grouping(200, Duration.ofMillis(3));

  /**
   * @param statement as it is measured
   */
  <T, R> Coalescer<T, R> coalescer(
      String statement, QueueMetrics metrics, Coalescer.Batch<T, R> batch) {
    return new Coalescer<>(
        most, window, Grouping::isEverybodys, measured(statement, metrics, batch));
  }

  private static <T, R> Coalescer.Batch<T, R> measured(
      String statement, QueueMetrics metrics, Coalescer.Batch<T, R> batch) {
    return members -> {
      long start = System.nanoTime();
      try {
        return batch.execute(members);
      } finally {
        metrics.grouped(statement, members.size(), Duration.ofNanos(System.nanoTime() - start));
      }
    };
  }

  /** A database that is away is away for each of them. */
  private static boolean isEverybodys(RuntimeException failure) {
    return failure instanceof StowageException known && known.code() == ErrorCode.UNAVAILABLE;
  }
}
