package io.stowage.control.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Claims that wait for a run on this server. As many are woken as there are runs; the longest
 * waiting first.
 */
final class Waiters {
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private final Map<Long, Waiter> bySession = new HashMap<>();

  private record Waiter(long session, Set<Short> queues, CompletableFuture<Boolean> woken) {}

  /**
   * Waits until a run may be there, or the time is over.
   *
   * @return false where a newer claim of the session took this one's place, or the thread was
   *     interrupted
   */
  boolean await(long session, Collection<Short> queues, Duration time) {
    var waiter = new Waiter(session, Set.copyOf(queues), new CompletableFuture<>());
    replace(waiter);
    try {
      return waiter.woken.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      remove(waiter);
    }
  }

  private void replace(Waiter waiter) {
    lock.lock();
    try {
      Waiter older = bySession.put(waiter.session, waiter);
      if (older != null) {
        older.woken.complete(false);
      }
      waiting.addLast(waiter);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Waiter waiter) {
    lock.lock();
    try {
      waiting.remove(waiter);
      bySession.remove(waiter.session, waiter);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes as many claims of the queue as there are new runs. */
  void wake(short queue, int runs) {
    lock.lock();
    try {
      int left = runs;
      for (var each = waiting.iterator(); left > 0 && each.hasNext(); ) {
        Waiter waiter = each.next();
        if (waiter.queues.contains(queue)) {
          each.remove();
          waiter.woken.complete(true);
          left--;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
