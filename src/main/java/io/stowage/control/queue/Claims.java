package io.stowage.control.queue;

import io.stowage.control.queue.Sessions.Known;
import io.stowage.control.queue.WorkBatch.Done;
import io.stowage.control.queue.WorkBatch.Work;
import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.Lease;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Hands runs to workers, who wait until there are some. */
public final class Claims {
  private final Sessions sessions;
  private final Leasing leasing;
  private final Waiters waiters;

  Claims(Sessions sessions, Leasing leasing, Waiters waiters) {
    this.sessions = sessions;
    this.leasing = leasing;
    this.waiters = waiters;
  }

  /**
   * Claims up to so many runs; waits for the first where there is none. A newer claim of the same
   * session ends this one.
   *
   * @throws io.stowage.api.StowageException {@code SESSION_GONE} where the session was lost
   */
  public ClaimAnswer claim(long session, String secret, ClaimRequest request) {
    Known known = sessions.known(session, secret);
    if (request.runs() != null) {
      return new ClaimAnswer(claim(session, secret, request.runs()));
    }
    var work =
        new Work(session, known.offer(), List.of(), Math.max(1, Leasing.sensible(request.max())));
    long wait = Math.clamp(request.waitMillis(), 0, sessions.times().claimWait().toMillis());
    long end = System.nanoTime() + Duration.ofMillis(wait).toNanos();
    try (var waiter = waiters.enter(session, known.offer().queues())) {
      while (waiter.arm()) {
        Done done = leasing.together(work);
        if (!done.alive()) {
          waiter.passOn();
        }
        var leases = leased(done, session);
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!leases.isEmpty() || !left.isPositive()) {
          return new ClaimAnswer(leases);
        }
        if (!waiter.await(left)) {
          break;
        }
      }
      return new ClaimAnswer(List.of());
    }
  }

  /**
   * Claims the named runs, as far as they are ready and the session may have them. Does not wait,
   * and ends no claim that does.
   */
  public List<Lease> claim(long session, String secret, List<UUID> runs) {
    Known known = sessions.known(session, secret);
    var work = new Work(session, known.offer(), List.of(), Leasing.sensible(runs.size()));
    return work.most() == 0 ? List.of() : leased(leasing.named(work, runs), session);
  }

  private List<Lease> leased(Done done, long session) {
    if (!done.alive()) {
      sessions.forget(session);
      throw Sessions.gone(session);
    }
    return leasing.leases(done);
  }

  /** How many claims wait on this server. */
  public int waiting() {
    return waiters.size();
  }

  /** How many claims of the queue wait on this server. */
  int waiting(short queue) {
    return waiters.waiting(queue);
  }
}
