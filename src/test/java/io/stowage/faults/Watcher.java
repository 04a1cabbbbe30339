package io.stowage.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Looks at the pointers while faults go on: whether a fence goes back shows only on the way. */
final class Watcher implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(250);

  private final Reading reading;
  private final History history;
  private final Map<String, Long> last = new HashMap<>();
  private final Thread thread;

  Watcher(Reading reading, History history) {
    this.reading = reading;
    this.history = history;
    this.thread = Thread.ofVirtual().name("watcher").start(this::watch);
  }

  private void watch() {
    try {
      while (!Thread.interrupted()) {
        look();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      // over
    }
  }

  private void look() {
    try {
      for (var pointer : reading.pointers()) {
        String name = StoredInvariants.name(pointer);
        Long before = last.put(name, pointer.fence());
        if (before == null || before != pointer.fence()) {
          history.seen("pointer", name, Map.of("fence", pointer.fence()));
        }
      }
    } catch (IllegalStateException e) {
      // the database is down, as the scenario would have it
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
