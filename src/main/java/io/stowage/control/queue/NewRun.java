package io.stowage.control.queue;

import io.stowage.protocol.RunSpec;
import io.stowage.protocol.SubmitRequest.ConcurrencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that was checked, and is to be queued.
 *
 * @param derived whether the id comes from what the run is for, so that the same may be queued
 *     again
 * @param priority 0 to 9
 * @param notBefore null for at once
 * @param concurrency each key once; sorted here
 */
public record NewRun(
    UUID id,
    boolean derived,
    short queue,
    RunSpec spec,
    int priority,
    int maxAttempts,
    @Nullable Duration timeout,
    @Nullable Instant notBefore,
    @Nullable Instant expires,
    List<ConcurrencyKey> concurrency,
    @Nullable String dedupKey,
    String submittedBy) {
  public NewRun {
    concurrency = concurrency.stream().sorted(Comparator.comparing(ConcurrencyKey::key)).toList();
  }

  boolean isKeyed() {
    return !concurrency.isEmpty();
  }

  String[] keys() {
    return concurrency.stream().map(ConcurrencyKey::key).toArray(String[]::new);
  }

  Integer[] maxima() {
    return concurrency.stream().map(ConcurrencyKey::max).toArray(Integer[]::new);
  }
}
