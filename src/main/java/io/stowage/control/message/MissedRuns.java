package io.stowage.control.message;

import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.message.MessageQueue;
import io.stowage.message.MessageQueues;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Tells of runs again that are ready for long, whose message may be lost: as many of the first as
 * are beyond the messages that are there. That number is old, and counts messages that bring
 * nothing; so a few are told of whatever it says, and none twice within five minutes.
 */
public final class MissedRuns {
  private static final System.Logger LOG = System.getLogger(MissedRuns.class.getName());
  private static final int MOST = 5_000;
  private static final int FEW = 10;
  private static final Duration NOT_AGAIN = Duration.ofMinutes(5);
  private static final String READY =
      """
      SELECT run_id FROM stowage.live
      WHERE queue_id = (SELECT id FROM stowage.queue WHERE name = $1 AND NOT paused) AND state = 2
        AND ready_at < clock_timestamp() - interval '30 s'
      ORDER BY priority, seq LIMIT $2""";

  private final MessageQueues queues;
  private final Waiting waiting;
  private final LongSupplier nanoTime;
  private final Map<UUID, Long> told = new HashMap<>();

  /** Runs that are ready for long. */
  interface Waiting {
    /** Those that come first. */
    List<UUID> of(String queue, int most);
  }

  MissedRuns(MessageQueues queues, Waiting waiting, LongSupplier nanoTime) {
    this.queues = queues;
    this.waiting = waiting;
    this.nanoTime = nanoTime;
  }

  /**
   * @param nanoTime monotonic, as {@code System::nanoTime}
   */
  public static MissedRuns of(MessageQueues queues, Database database, LongSupplier nanoTime) {
    return new MissedRuns(
        queues,
        (queue, most) ->
            database.query(READY, queue, most).stream().map(row -> row.getUUID("run_id")).toList(),
        nanoTime);
  }

  /** Looks at each queue once. Not from two threads at once. */
  public void tell() {
    long now = nanoTime.getAsLong();
    told.values().removeIf(at -> now - at > NOT_AGAIN.toNanos());
    queues
        .byName()
        .forEach(
            (name, queue) -> {
              try {
                tell(name, queue, now);
              } catch (StowageException e) {
                LOG.log(
                    Level.WARNING,
                    "cannot tell of runs of queue ''{0}'' again: {1}; tried again",
                    name,
                    e.getMessage());
              }
            });
  }

  private void tell(String name, MessageQueue queue, long now) {
    var ready = waiting.of(name, MOST);
    if (ready.isEmpty()) {
      return;
    }
    var fresh = ready.stream().filter(run -> !told.containsKey(run)).toList();
    int few = FEW - (ready.size() - fresh.size());
    int missing = Math.max(few, ready.size() - queue.depth());
    var again = fresh.stream().limit(Math.max(0, missing)).toList();
    if (!again.isEmpty()) {
      queue.send(again);
      again.forEach(run -> told.put(run, now));
      LOG.log(Level.INFO, "told of {0} runs of queue ''{1}'' again", again.size(), name);
    }
  }
}
