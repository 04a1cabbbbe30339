package io.stowage.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a run.
 *
 * @param assets selections: keys, groups, {@code *key}, {@code key+}, {@code tag:name=value}
 * @param partition a key as text, or a map by dimension
 * @param partitions a list of keys, or a map of {@code from} and {@code to}, both inclusive
 * @param config overrides, {@code {"io": {"lake": {"codec": "zstandard"}}}}
 * @param priority 0 is first, 9 last; 5 by default
 * @param timeout for one attempt
 * @param dedupKey no two live runs have the same
 * @param kind what the run does, {@link RunKind}; it computes by default
 * @param options of a run of another kind, {@link SweepOptions}
 * @param asOf a time, a date or the id of a run, {@link AsOf}: what is not part of the run is read
 *     as it was then; null for what is current
 */
public record SubmitRequest(
    @Nullable List<String> assets,
    @Nullable String job,
    @Nullable Object partition,
    @Nullable Object partitions,
    @Nullable Map<String, Object> config,
    @Nullable String queue,
    @Nullable Integer priority,
    @Nullable Instant notBefore,
    @Nullable Instant expires,
    @Nullable Duration timeout,
    @Nullable Retry retry,
    @Nullable List<ConcurrencyKey> concurrency,
    @Nullable String dedupKey,
    @Nullable Map<String, String> tags,
    @Nullable String kind,
    @Nullable Map<String, Object> options,
    @Nullable String asOf) {
  public SubmitRequest {
    Required.wholeIfGiven("concurrency", concurrency);
    Required.wholeIfGiven("tags", tags);
    Required.nameIfGiven("dedup_key", dedupKey);
    Required.wholeIfGiven("options", options);
  }

  /** Of a run that computes assets. */
  public SubmitRequest(
      @Nullable List<String> assets,
      @Nullable String job,
      @Nullable Object partition,
      @Nullable Object partitions,
      @Nullable Map<String, Object> config,
      @Nullable String queue,
      @Nullable Integer priority,
      @Nullable Instant notBefore,
      @Nullable Instant expires,
      @Nullable Duration timeout,
      @Nullable Retry retry,
      @Nullable List<ConcurrencyKey> concurrency,
      @Nullable String dedupKey,
      @Nullable Map<String, String> tags) {
    this(
        assets,
        job,
        partition,
        partitions,
        config,
        queue,
        priority,
        notBefore,
        expires,
        timeout,
        retry,
        concurrency,
        dedupKey,
        tags,
        null,
        null);
  }

  /** Of a run that reads what is current. */
  public SubmitRequest(
      @Nullable List<String> assets,
      @Nullable String job,
      @Nullable Object partition,
      @Nullable Object partitions,
      @Nullable Map<String, Object> config,
      @Nullable String queue,
      @Nullable Integer priority,
      @Nullable Instant notBefore,
      @Nullable Instant expires,
      @Nullable Duration timeout,
      @Nullable Retry retry,
      @Nullable List<ConcurrencyKey> concurrency,
      @Nullable String dedupKey,
      @Nullable Map<String, String> tags,
      @Nullable String kind,
      @Nullable Map<String, Object> options) {
    this(
        assets,
        job,
        partition,
        partitions,
        config,
        queue,
        priority,
        notBefore,
        expires,
        timeout,
        retry,
        concurrency,
        dedupKey,
        tags,
        kind,
        options,
        null);
  }

  /**
   * @param maxAttempts 1 to 100
   */
  public record Retry(int maxAttempts) {}

  /**
   * @param max how many runs with the key may run at once
   */
  public record ConcurrencyKey(String key, int max) {
    public ConcurrencyKey {
      Required.name("key", key);
      Required.between("max", max, 1, 1_000_000);
    }
  }

  /** The same, read as of another time. */
  public SubmitRequest asOf(@Nullable String when) {
    return new SubmitRequest(
        assets,
        job,
        partition,
        partitions,
        config,
        queue,
        priority,
        notBefore,
        expires,
        timeout,
        retry,
        concurrency,
        dedupKey,
        tags,
        kind,
        options,
        when);
  }

  /** A request for one partition, or for assets without any. */
  public static SubmitRequest of(List<String> assets, @Nullable String partition) {
    return new SubmitRequest(
        assets, null, partition, null, null, null, null, null, null, null, null, null, null, null);
  }
}
