package io.stowage.control.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Delivery by waking claims that wait. Those of this server are woken at once, as many as there are
 * runs; runs beyond them are kept for {@link Bulletin}, which tells other servers.
 */
final class Wakeups implements Delivery {
  private final Waiters waiters;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Map<Short, Integer> beyond = new HashMap<>();

  Wakeups(Waiters waiters) {
    this.waiters = waiters;
  }

  @Override
  public void ready(List<Ready> runs) {
    var counts = new HashMap<Short, Integer>();
    runs.forEach(run -> counts.merge(run.queue(), 1, Integer::sum));
    counts.forEach(
        (queue, count) -> {
          int left = waiters.wake(queue, count);
          if (left > 0) {
            keep(queue, left);
          }
        });
  }

  private void keep(short queue, int runs) {
    lock.lock();
    try {
      beyond.merge(queue, runs, Integer::sum);
      more.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What no claim of this server was there for; empty after so long. */
  Map<Short, Integer> beyond(Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (beyond.isEmpty() && left > 0) {
        left = more.awaitNanos(left);
      }
      var taken = Map.copyOf(beyond);
      beyond.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
