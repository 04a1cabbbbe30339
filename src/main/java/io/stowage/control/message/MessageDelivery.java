package io.stowage.control.message;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.queue.Delivery;
import io.stowage.message.MessageQueue;
import io.stowage.message.MessageQueues;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Delivery by messages: the ids of runs that are ready, to the queue outside that stands for
 * theirs. Sent by a thread of its own, so that nobody waits for the service. What cannot be sent is
 * let go of: {@link MissedRuns} finds it again.
 */
public final class MessageDelivery implements Delivery, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MessageDelivery.class.getName());
  private static final int MOST_KEPT = 10_000;
  private static final int AT_ONCE = 1_000;
  private static final String NAME = "SELECT name FROM stowage.queue WHERE id = $1";

  private final MessageQueues queues;
  private final Database database;
  private final BlockingQueue<Ready> kept = new LinkedBlockingQueue<>(MOST_KEPT);
  private final Map<Short, String> names = new ConcurrentHashMap<>();
  private final Map<String, String> failing = new ConcurrentHashMap<>();
  private @Nullable Thread thread;
  private boolean closed;

  public MessageDelivery(MessageQueues queues, Database database) {
    this.queues = queues;
    this.database = database;
  }

  @Override
  public void ready(List<Ready> runs) {
    if (!queues.isEmpty() && !runs.isEmpty()) {
      runs.forEach(kept::offer);
      start();
    }
  }

  private synchronized void start() {
    if (thread == null && !closed) {
      thread = Thread.ofVirtual().name("messages").start(this::run);
    }
  }

  private void run() {
    try {
      while (true) {
        var runs = new ArrayList<Ready>();
        runs.add(kept.take());
        kept.drainTo(runs, AT_ONCE - 1);
        send(runs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(List<Ready> runs) throws InterruptedException {
    var byQueue =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    Ready::queue, Collectors.mapping(Ready::run, Collectors.toList())));
    var sending = new ArrayList<Thread>();
    byQueue.forEach((queue, ids) -> sending.add(Thread.ofVirtual().start(() -> send(queue, ids))));
    for (Thread each : sending) {
      each.join();
    }
  }

  private void send(short id, List<UUID> runs) {
    String name = "with the number " + id;
    try {
      name = name(id);
      MessageQueue queue = queues.byName().get(name);
      if (queue != null) {
        queue.send(runs);
        failing.remove(name);
      }
    } catch (StowageException e) {
      // once for each reason, not for each run
      Level level =
          String.valueOf(e.getMessage()).equals(failing.put(name, String.valueOf(e.getMessage())))
              ? Level.DEBUG
              : Level.WARNING;
      LOG.log(
          level,
          "no word of {0} runs of queue ''{1}'': {2}; they are told of again later",
          runs.size(),
          name,
          e.getMessage());
    }
  }

  private String name(short id) {
    String known = names.get(id);
    if (known == null) {
      known =
          database
              .first(NAME, id)
              .orElseThrow(
                  () -> new StowageException(ErrorCode.NOT_FOUND, "there is no queue " + id))
              .getString("name");
      names.put(id, known);
    }
    return known;
  }

  /** What was not sent yet is told of later, by another. */
  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
