package io.stowage.control.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Claims under way on this server. As many are woken as there are runs, the longest waiting first.
 * A claim is armed before it looks for runs, so that none becomes ready unnoticed between its look
 * and its wait.
 */
final class Waiters {
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Waiter> armed = new LinkedHashSet<>();
  private final Map<Long, Waiter> bySession = new HashMap<>();

  /** One claim. Used by one thread; closed when the claim is answered. */
  final class Waiter implements AutoCloseable {
    private final long session;
    private final Set<Short> queues;
    private CompletableFuture<Boolean> woken = new CompletableFuture<>();
    private boolean replaced;

    private Waiter(long session, Set<Short> queues) {
      this.session = session;
      this.queues = queues;
    }

    /**
     * From now on a run that becomes ready wakes this claim.
     *
     * @return false where a newer claim of the session has taken this one's place
     */
    boolean arm() {
      lock.lock();
      try {
        woken = new CompletableFuture<>();
        armed.remove(this);
        return !replaced && armed.add(this);
      } finally {
        lock.unlock();
      }
    }

    /**
     * Waits until a run may be there, or the time is over.
     *
     * @return false where a newer claim of the session took this one's place, or the thread was
     *     interrupted
     */
    boolean await(Duration time) {
      try {
        return woken.get(time.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    /** What this claim was woken for is left to another: its session is gone. */
    void passOn() {
      lock.lock();
      try {
        armed.remove(this);
        queues.forEach(queue -> wake(queue, 1));
      } finally {
        lock.unlock();
      }
    }

    /** A wake that came too late for this claim goes to another. */
    @Override
    public void close() {
      lock.lock();
      try {
        armed.remove(this);
        bySession.remove(session, this);
        if (woken.getNow(false)) {
          passOn();
        }
      } finally {
        lock.unlock();
      }
    }

    private void replace() {
      replaced = true;
      armed.remove(this);
      woken.complete(false);
    }
  }

  /** Begins a claim; an older one of the same session ends. */
  Waiter enter(long session, Collection<Short> queues) {
    var waiter = new Waiter(session, Set.copyOf(queues));
    lock.lock();
    try {
      Waiter older = bySession.put(session, waiter);
      if (older != null) {
        older.replace();
      }
      return waiter;
    } finally {
      lock.unlock();
    }
  }

  /** How many claims wait. */
  int size() {
    lock.lock();
    try {
      return armed.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many claims would be woken by runs of the queue. */
  int waiting(short queue) {
    lock.lock();
    try {
      return (int) armed.stream().filter(waiter -> waiter.queues.contains(queue)).count();
    } finally {
      lock.unlock();
    }
  }

  /** How many claims wait for each queue; one that waits for several stands at each. */
  Map<Short, Integer> waiting() {
    lock.lock();
    try {
      var counts = new HashMap<Short, Integer>();
      armed.forEach(waiter -> waiter.queues.forEach(queue -> counts.merge(queue, 1, Integer::sum)));
      return counts;
    } finally {
      lock.unlock();
    }
  }

  /** Every claim looks for runs again. */
  void wakeAll() {
    waiting().forEach(this::wake);
  }

  /**
   * Wakes as many claims of the queue as there are new runs.
   *
   * @return how many runs there are beyond the claims
   */
  int wake(short queue, int runs) {
    lock.lock();
    try {
      int left = runs;
      for (var each = armed.iterator(); left > 0 && each.hasNext(); ) {
        Waiter waiter = each.next();
        if (waiter.queues.contains(queue)) {
          each.remove();
          waiter.woken.complete(true);
          left--;
        }
      }
      return left;
    } finally {
      lock.unlock();
    }
  }
}
