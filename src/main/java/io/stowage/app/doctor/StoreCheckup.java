package io.stowage.app.doctor;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectWriter;
import io.stowage.store.WriteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Whether a store is there, can be written, and refuses to overwrite what was written once, on
 * which versions of objects rest: by the store's own check, and a small object more, which tells
 * how long a write takes and what the store's clock says. Both are removed.
 */
public final class StoreCheckup implements Report.Checkup {
  private static final Duration SLOW = Duration.ofSeconds(1);
  // A store that tells whole seconds, after a clock that is right, is this much off at the most.
  private static final Duration TOLERATED = Duration.ofSeconds(10);

  private final String subject;
  private final Supplier<ObjectStore> opening;
  private final Clock clock;

  public StoreCheckup(String subject, Supplier<ObjectStore> opening, Clock clock) {
    this.subject = subject;
    this.opening = opening;
    this.clock = clock;
  }

  @Override
  public void check(Report report) {
    try (ObjectStore store = opening.get()) {
      store.check();
      probe(store, report);
    }
  }

  private void probe(ObjectStore store, Report report) {
    ObjectKey key = ObjectKey.of("@stowage-doctor-" + UUID.randomUUID());
    long start = System.nanoTime();
    ObjectInfo written = write(store, key);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    try {
      report.ok(
          subject,
          "'"
              + store.location(key).resolve(".")
              + "' is written in "
              + took.toMillis()
              + " ms, and never overwritten");
      if (took.compareTo(SLOW) > 0) {
        report.warn(
            subject,
            "a write of a few bytes takes " + Durations.text(took),
            "see to the network between here and the store, and to the store's disk");
      }
      compareClocks(written, report);
    } finally {
      store.delete(key);
    }
  }

  private static ObjectInfo write(ObjectStore store, ObjectKey key) {
    try (ObjectWriter writer = store.create(key, WriteOptions.once())) {
      writer.stream().write("stowage doctor was here".getBytes(StandardCharsets.UTF_8));
      return writer.commit();
    } catch (IOException e) {
      throw new StowageException(
          ErrorCode.UNAVAILABLE, "cannot write '" + key + "': " + e.getMessage(), e);
    }
  }

  private void compareClocks(ObjectInfo written, Report report) {
    Duration off = Duration.between(written.modified(), clock.instant());
    if (off.abs().compareTo(TOLERATED) > 0) {
      report.warn(
          subject,
          "its clock is " + Durations.text(off.abs()) + (off.isNegative() ? " ahead" : " behind"),
          "set both clocks by NTP: a sweep goes by the age of objects, and S3 refuses requests"
              + " that are 15 minutes off");
    }
  }
}
