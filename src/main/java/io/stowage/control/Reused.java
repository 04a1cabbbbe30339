package io.stowage.control;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that costs something to find out, and is asked for by many: what was found holds for ten
 * times as long as finding it took, so that a small ledger is looked at each time, and a large one
 * is not looked at all the time. Who asks while it is found out anew gets the one before.
 */
final class Reused<T> {
  private static final int TIMES = 10;
  private static final long LONGEST = Duration.ofMinutes(1).toNanos();

  private final Supplier<T> found;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Kept<T> kept;

  private record Kept<T>(T value, long until) {}

  Reused(Supplier<T> found, LongSupplier nanos) {
    this.found = found;
    this.nanos = nanos;
  }

  T get() {
    Kept<T> now = kept;
    if (now != null && nanos.getAsLong() - now.until < 0) {
      return now.value;
    }
    if (now != null && !lock.tryLock()) {
      return now.value;
    }
    if (now == null) {
      lock.lock();
    }
    try {
      return anew();
    } finally {
      lock.unlock();
    }
  }

  private T anew() {
    Kept<T> now = kept;
    long start = nanos.getAsLong();
    if (now != null && start - now.until < 0) {
      return now.value;
    }
    T value = found.get();
    long end = nanos.getAsLong();
    kept = new Kept<>(value, end + Math.min(LONGEST, TIMES * (end - start)));
    return value;
  }
}
