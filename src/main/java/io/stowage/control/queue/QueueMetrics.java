package io.stowage.control.queue;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the queue tells of itself. Called from many threads. */
public interface QueueMetrics {
  /**
   * @param waited from when the run was ready until it was claimed
   */
  void claimed(Duration waited);

  /**
   * A run ended, or goes to another attempt.
   *
   * @param outcome {@code succeeded}, {@code failed}, …
   */
  void ended(String outcome);

  /**
   * A lease ended.
   *
   * @param outcome {@code succeeded}, {@code failed}, {@code canceled}, {@code lost}, {@code
   *     released} or {@code timed_out}
   * @param kind of the error, as its worker says; null where there is none
   */
  void attempted(String outcome, @Nullable String kind);

  void submitted();

  void committed(boolean superseded);

  void lost(int leases);

  /**
   * A call under a lease that was held no more.
   *
   * @param call {@code commit}, {@code complete} or {@code events}
   */
  void stale(String call);

  /**
   * @param call {@code claim} (one look for runs, without the wait), {@code complete}, {@code
   *     commit}, {@code events} or {@code submit}
   * @param took the wait for its group included
   */
  void answered(String call, Duration took);

  /**
   * Calls of several were done in one statement.
   *
   * @param statement {@code work}, {@code commit} or {@code submit}
   */
  void grouped(String statement, int calls, Duration took);

  /**
   * Word of runs that are ready, for queues outside.
   *
   * @param outcome {@code sent}, {@code failed}, or {@code dropped} where too many wait to be sent
   */
  void told(String outcome, int runs);

  /** Does it, and measures how long that takes. */
  default <T> T timed(String call, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      answered(call, Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
