package io.stowage.engine;

import java.time.Duration;

/** Waits between attempts; a test's waits not at all. */
@FunctionalInterface
public interface Pause {
  Pause REAL = Thread::sleep;

  void of(Duration time) throws InterruptedException;
}
