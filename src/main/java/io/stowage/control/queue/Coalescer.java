package io.stowage.control.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: what many threads ask for at the same time is done in one batch. Who comes while
 * nothing is under way goes at once, alone. Who comes while a batch is under way waits for its end;
 * the first of those leads the next batch. A leader that took over from another gathers for a
 * moment, but only until as many have come as the last time: so nobody waits who is alone.
 *
 * <p>Where a batch fails by a fault that one member may have brought, each member is tried again
 * alone. Safe from any thread; calls block. Knows no database.
 */
final class Coalescer<T, R> {
  private final int most;
  private final Duration window;
  private final Predicate<RuntimeException> common;
  private final Batch<T, R> batch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final ArrayDeque<Member<T, R>> waiting = new ArrayDeque<>();
  private boolean busy;
  private int lastSize;

  /** Does what the members ask for, all of it or nothing. */
  interface Batch<T, R> {
    /**
     * @return an answer for each, in their order
     */
    List<R> execute(List<T> members);
  }

  private static final class Member<T, R> {
    final T asked;

    /** False: lead the next batch; true: it is done. */
    CompletableFuture<Boolean> turn = new CompletableFuture<>();

    @Nullable R answer;
    @Nullable RuntimeException failure;

    Member(T asked) {
      this.asked = asked;
    }
  }

  /**
   * @param most members of a batch
   * @param window the longest that a leader gathers
   * @param common whether a failure is no member's own fault, so that it is of no use to try each
   *     alone
   */
  Coalescer(int most, Duration window, Predicate<RuntimeException> common, Batch<T, R> batch) {
    this.most = most;
    this.window = window;
    this.common = common;
    this.batch = batch;
  }

  /**
   * Blocks until a batch with this member was done.
   *
   * @throws RuntimeException what the batch threw for this member
   */
  R call(T asked) {
    var member = new Member<T, R>(asked);
    if (enter(member) || !member.turn.join()) {
      lead();
    }
    return answered(member);
  }

  @SuppressWarnings("NullAway") // where there was no failure, there is what the batch answered
  private static <T, R> R answered(Member<T, R> member) {
    if (member.failure != null) {
      throw member.failure;
    }
    return member.answer;
  }

  /** How many wait for a batch to begin. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean enter(Member<T, R> member) {
    lock.lock();
    try {
      waiting.add(member);
      arrival.signal();
      boolean leads = !busy;
      busy = true;
      lastSize = leads ? 0 : lastSize;
      return leads;
    } finally {
      lock.unlock();
    }
  }

  /** The leader is the first of those who wait. */
  private void lead() {
    List<Member<T, R>> members = gathered();
    try {
      execute(members);
    } finally {
      handOver(members);
    }
  }

  private List<Member<T, R>> gathered() {
    lock.lock();
    try {
      long left = window.toNanos();
      while (waiting.size() < Math.min(lastSize, most) && left > 0) {
        left = arrival.awaitNanos(left);
      }
      return taken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return taken();
    } finally {
      lock.unlock();
    }
  }

  private List<Member<T, R>> taken() {
    var members = new ArrayList<Member<T, R>>();
    while (members.size() < most && !waiting.isEmpty()) {
      members.add(waiting.remove());
    }
    return members;
  }

  private void handOver(List<Member<T, R>> members) {
    lock.lock();
    try {
      lastSize = members.size();
      busy = !waiting.isEmpty();
      if (busy) {
        waiting.element().turn.complete(false);
      }
    } finally {
      lock.unlock();
    }
    members.forEach(member -> member.turn.complete(true));
  }

  private void execute(List<Member<T, R>> members) {
    try {
      List<R> answers = batch.execute(members.stream().map(member -> member.asked).toList());
      for (int i = 0; i < members.size(); i++) {
        members.get(i).answer = answers.get(i);
      }
    } catch (RuntimeException e) {
      if (members.size() == 1 || common.test(e)) {
        members.forEach(member -> member.failure = e);
      } else {
        members.forEach(member -> execute(List.of(member)));
      }
    }
  }
}
