package io.stowage.worker.pull;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.message.Message;
import io.stowage.message.MessageQueue;
import io.stowage.message.MessageQueues;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.Lease;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Hears of runs from queues outside, and asks the control plane for those. A message has done its
 * work when that was answered, whatever the answer: the run is leased, or is somebody else's, or
 * done, or will be told of again when it is ready. So it is deleted then, long before the run ends.
 * Where there was no answer it is given back.
 *
 * <p>Nothing relies on messages alone. Where none came for a whole wait the control plane is asked
 * for any run; where the queue cannot be reached, it is asked in its place.
 */
public final class Messages implements Pull {
  private static final System.Logger LOG = System.getLogger(Messages.class.getName());
  private static final Duration IN_TURN = Duration.ofSeconds(1);
  private static final Duration WITHOUT_QUEUE = Duration.ofSeconds(5);
  private static final Duration LAST_CALLS = Duration.ofSeconds(2);

  private final List<MessageQueue> queues;
  private final Set<Thread> settling = ConcurrentHashMap.newKeySet();
  private int turn;
  private @Nullable String outage;

  /**
   * @param queues that the worker pulls from, each with its queue outside
   */
  public Messages(MessageQueues queues, List<String> names) {
    this.queues =
        names.stream()
            .map(
                name ->
                    Objects.requireNonNull(
                        queues.byName().get(name), () -> "no queue outside stands for " + name))
            .toList();
  }

  @Override
  public List<Lease> next(Claim claim, int most, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    Duration left = wait;
    try {
      for (int looked = 0; looked < queues.size() || left.isPositive(); looked++) {
        MessageQueue queue = queues.get(Math.floorMod(turn++, queues.size()));
        var received = receive(queue, Math.min(most, MessageQueue.MOST), inTurn(left));
        outage = null;
        var leases = claimed(claim, queue, received);
        if (!leases.isEmpty()) {
          return leases;
        }
        left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      }
    } catch (Unreachable e) {
      tell(e.reason());
      return any(
          claim,
          most,
          Duration.ofNanos(Math.clamp(end - System.nanoTime(), 0, WITHOUT_QUEUE.toNanos())));
    }
    return any(claim, most, Duration.ZERO);
  }

  private static List<Lease> any(Claim claim, int most, Duration wait) {
    return claim.of(new ClaimRequest(most, wait.toMillis())).leases();
  }

  /** Of several none is waited at for long. */
  private Duration inTurn(Duration left) {
    return queues.size() > 1 && left.compareTo(IN_TURN) > 0 ? IN_TURN : left;
  }

  /** The queue did not answer, or refused. */
  private static final class Unreachable extends Exception {
    private final StowageException reason;

    Unreachable(StowageException reason) {
      super(reason);
      this.reason = reason;
    }

    StowageException reason() {
      return reason;
    }
  }

  /** In a thread that can be left: a platform thread cannot be called back from a socket. */
  private static List<Message> receive(MessageQueue queue, int most, Duration wait)
      throws Unreachable {
    var receiving = new FutureTask<>(() -> queue.receive(most, wait));
    Thread.ofVirtual().name("receive").start(receiving);
    try {
      return receiving.get();
    } catch (InterruptedException e) {
      receiving.cancel(true);
      Thread.currentThread().interrupt();
      throw new StowageException(ErrorCode.CANCELED, "interrupted while waiting for messages", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StowageException reason) {
        throw new Unreachable(reason);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private List<Lease> claimed(Claim claim, MessageQueue queue, List<Message> received) {
    received.stream().filter(each -> each.run().isEmpty()).forEach(each -> leave(queue, each));
    var messages = received.stream().filter(each -> each.run().isPresent()).toList();
    if (messages.isEmpty()) {
      return List.of();
    }
    var runs = messages.stream().flatMap(each -> each.run().stream()).distinct().toList();
    List<Lease> leases;
    try {
      leases = claim.of(new ClaimRequest(runs.size(), 0, runs)).leases();
    } catch (RuntimeException e) {
      settle("give messages back", () -> queue.giveBack(messages));
      throw e;
    }
    settle("delete messages", () -> queue.delete(messages));
    return leases;
  }

  /** It is not ours to delete. */
  private static void leave(MessageQueue queue, Message message) {
    LOG.log(
        message.received() == 1 ? Level.WARNING : Level.DEBUG,
        "{0} holds a {1}, which is no run''s id: it is left there, for the queue''s own policy",
        queue,
        message);
  }

  /** Nobody waits for it: a message that comes again is asked for in vain. */
  private void settle(String what, Runnable call) {
    Thread thread =
        Thread.ofVirtual()
            .name(what)
            .unstarted(
                () -> {
                  try {
                    call.run();
                  } catch (StowageException e) {
                    LOG.log(Level.DEBUG, "cannot {0}: {1}; they come again", what, e.getMessage());
                  } finally {
                    settling.remove(Thread.currentThread());
                  }
                });
    settling.add(thread);
    thread.start();
  }

  /** Once for each reason. */
  private void tell(StowageException reason) {
    String message = String.valueOf(reason.getMessage());
    LOG.log(
        message.equals(outage) ? Level.DEBUG : Level.WARNING,
        "{0}; meanwhile the control plane is asked for runs",
        message);
    outage = message;
  }

  @Override
  public boolean takesWhatComes() {
    return false;
  }

  /** Messages whose claim was answered are deleted, where that takes no longer than a moment. */
  @Override
  public void close() {
    long end = System.nanoTime() + LAST_CALLS.toNanos();
    try {
      for (Thread each : settling) {
        each.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
