package io.stowage.worker.pull;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunView;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Submits a run, and claims that one alone. Who is started twice for the same request finds the run
 * taken, or ended, and has nothing to do.
 */
public final class RequestedRun implements Pull {
  private static final System.Logger LOG = System.getLogger(RequestedRun.class.getName());
  private static final Set<String> WAITING = Set.of("scheduled", "blocked", "queued");
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Requests requests;

  /** The control plane, as one who submits sees it. */
  public interface Requests {
    /** Takes the run into the queue, or finds it where it was before. */
    UUID submit();

    RunView run(UUID id);
  }

  public RequestedRun(Requests requests) {
    this.requests = requests;
  }

  /**
   * @throws StowageException also {@code UNAVAILABLE} where the run waits for longer than asked:
   *     what was started for it is to be started again
   */
  @Override
  public List<Lease> next(Claim claim, int most, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    UUID run = requests.submit();
    while (true) {
      var leases = claim.of(new ClaimRequest(1, 0, List.of(run))).leases();
      if (!leases.isEmpty()) {
        return leases;
      }
      RunView seen = requests.run(run);
      if (!WAITING.contains(seen.state())) {
        LOG.log(Level.INFO, "run {0} is {1}: there is nothing to do for it", run, seen.state());
        return List.of();
      }
      if (System.nanoTime() >= end) {
        throw new StowageException(
            ErrorCode.UNAVAILABLE,
            "run '%s' is %s, and could not be had within %s; it stays in queue '%s'"
                .formatted(run, seen.state(), wait, seen.queue()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StowageException(ErrorCode.CANCELED, "interrupted while waiting for the run", e);
    }
  }

  /** The next one would be another request's. */
  @Override
  public boolean takesWhatComes() {
    return false;
  }

  @Override
  public void close() {}
}
