package io.stowage.control.backfill;

import io.stowage.api.StowageException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Has backfills go on as soon as there is a reason, at the server that knows of it: a run has
 * ended, a backfill was asked for. Many reasons at once are one. It rests as long as it has worked,
 * so that however many runs end, half of one connection's time is the most that it takes; what it
 * misses the leader's next look finds.
 */
public final class Nudge implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Nudge.class.getName());

  /** Where nothing is to go on with, a look is quick: not one for each of a thousand ends. */
  private static final Duration LEAST_REST = Duration.ofMillis(20);

  private final Semaphore reasons = new Semaphore(0);
  private @Nullable Thread thread;
  private boolean closed;

  /** There is a reason. Returns at once, from any thread. */
  public void nudge() {
    reasons.release();
  }

  /** Begins to react, on a thread of its own; does nothing where it does so already. */
  public synchronized void start(Runnable goOn) {
    Thread running = thread;
    if (!closed && (running == null || !running.isAlive())) {
      thread = Thread.ofVirtual().name("backfills").start(() -> run(goOn));
    }
  }

  private void run(Runnable goOn) {
    try {
      while (true) {
        reasons.acquire();
        reasons.drainPermits();
        long began = System.nanoTime();
        attempt(goOn);
        Duration worked = Duration.ofNanos(System.nanoTime() - began);
        Thread.sleep(worked.compareTo(LEAST_REST) < 0 ? LEAST_REST : worked);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private static void attempt(Runnable goOn) {
    try {
      goOn.run();
    } catch (StowageException e) {
      LOG.log(Level.WARNING, "backfills do not go on: {0}; tried again", e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
