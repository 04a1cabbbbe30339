package io.stowage.control.queue;

import io.stowage.control.database.Channel;
import io.stowage.control.database.Columns;
import io.stowage.control.database.Database;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the control planes on a database tell each other: that there are runs beyond the claims of
 * one of them. One connection of its own listens and tells, at most fifty times a second. Where it
 * is lost it is opened again, after a random while that grows, and every claim looks at once for
 * what it may have missed. About once a second it looks itself, for what nobody told of.
 */
public final class Bulletin implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Bulletin.class.getName());
  private static final String CHANNEL = "stowage_ready";
  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final long POLL_MILLIS = 1_000;
  private static final long LONGEST_BACKOFF_MILLIS = 2_000;
  private static final int MOST_DOUBLINGS = 5;
  private static final String TELL = "SELECT pg_notify('" + CHANNEL + "', $1)";
  private static final String LOOK =
      """
      SELECT q.id, (SELECT count(*) FROM (
        SELECT 1 FROM stowage.live l WHERE l.queue_id = q.id AND l.state = 2 LIMIT w.most) n)::int AS ready
      FROM unnest($1::smallint[], $2::int[]) AS w (id, most) JOIN stowage.queue q ON q.id = w.id WHERE NOT q.paused""";

  private final Database database;
  private final Waiters waiters;
  private final Wakeups wakeups;
  private final String self = UUID.randomUUID().toString();
  private volatile boolean closed;
  private volatile boolean listening;
  private volatile @Nullable Thread thread;

  Bulletin(Database database, Waiters waiters, Wakeups wakeups) {
    this.database = database;
    this.waiters = waiters;
    this.wakeups = wakeups;
  }

  /** Begins to listen, on a thread of its own; does nothing where it does so already. */
  public synchronized void start() {
    Thread running = thread;
    if (closed || (running != null && running.isAlive())) {
      return;
    }
    thread = Thread.ofVirtual().name("bulletin").start(this::run);
  }

  private void run() {
    int failed = 0;
    while (!closed) {
      try (Channel channel = database.channel("stowage bulletin")) {
        channel.listen(CHANNEL, this::heard);
        listening = true;
        waiters.wakeAll();
        failed = 0;
        serve(channel);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(
            closed ? Level.DEBUG : Level.WARNING,
            "the connection to hear of runs is lost: {0}; it is opened again",
            e.getMessage());
        if (!waited(failed++)) {
          return;
        }
      } finally {
        listening = false;
      }
    }
  }

  /** Whether word of other servers reaches this one. */
  public boolean listening() {
    return listening;
  }

  private void serve(Channel channel) throws InterruptedException {
    long next = System.nanoTime() + poll().toNanos();
    while (!closed) {
      var beyond = wakeups.beyond(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
      if (!beyond.isEmpty()) {
        channel.query(TELL, text(beyond));
        Thread.sleep(BETWEEN);
      }
      if (System.nanoTime() - next >= 0) {
        look(channel);
        next = System.nanoTime() + poll().toNanos();
      }
    }
  }

  private static Duration poll() {
    return Duration.ofMillis(POLL_MILLIS * ThreadLocalRandom.current().nextInt(80, 121) / 100);
  }

  /** Also keeps the connection known to be alive. */
  private void look(Channel channel) {
    var waiting = new Columns<>(java.util.List.copyOf(waiters.waiting().entrySet()));
    channel
        .query(LOOK, waiting.shorts(Map.Entry::getKey), waiting.ints(Map.Entry::getValue))
        .forEach(row -> waiters.wake(row.getShort("id"), row.getInteger("ready")));
  }

  private String text(Map<Short, Integer> beyond) {
    return beyond.entrySet().stream()
        .map(each -> each.getKey() + ":" + each.getValue())
        .collect(Collectors.joining(" ", self + " ", ""));
  }

  private void heard(String payload) {
    String[] words = payload.split(" ");
    if (words[0].equals(self)) {
      return;
    }
    for (int i = 1; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      waiters.wake(
          Short.parseShort(words[i].substring(0, colon)),
          Integer.parseInt(words[i].substring(colon + 1)));
    }
  }

  private static boolean waited(int failed) {
    long most = Math.min(LONGEST_BACKOFF_MILLIS, 50L << Math.min(failed, MOST_DOUBLINGS));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
