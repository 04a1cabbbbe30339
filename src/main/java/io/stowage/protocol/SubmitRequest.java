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

  /**
   * What the queue does where an attempt fails. Losses of workers are counted apart.
   *
   * @param maxAttempts 1 to 100; null for the usual 4
   * @param on kinds of error that are tried again: {@code transient}, {@code internal}, {@code
   *     asset}; null for the first two, empty for none
   */
  public record Retry(@Nullable Integer maxAttempts, @Nullable List<String> on) {
    public Retry {
      Required.wholeIfGiven("retry.on", on);
    }

    /** No constructor: JSON's reader would take a bare number for the whole. */
    public static Retry atMost(int maxAttempts) {
      return new Retry(maxAttempts, null);
    }
  }

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
    return toBuilder().asOf(when).build();
  }

  /** A request for one partition, or for assets without any. */
  public static SubmitRequest of(List<String> assets, @Nullable String partition) {
    return of(assets).partition(partition).build();
  }

  /** Begins a request for assets; null where a job is asked for instead. */
  public static Builder of(@Nullable List<String> assets) {
    return new Builder().assets(assets);
  }

  private Builder toBuilder() {
    return new Builder()
        .assets(assets)
        .job(job)
        .partition(partition)
        .partitions(partitions)
        .config(config)
        .queue(queue)
        .priority(priority)
        .notBefore(notBefore)
        .expires(expires)
        .timeout(timeout)
        .retry(retry)
        .concurrency(concurrency)
        .dedupKey(dedupKey)
        .tags(tags)
        .kind(kind)
        .options(options)
        .asOf(asOf);
  }

  /** What is not said is null. */
  public static final class Builder {
    private @Nullable List<String> assets;
    private @Nullable String job;
    private @Nullable Object partition;
    private @Nullable Object partitions;
    private @Nullable Map<String, Object> config;
    private @Nullable String queue;
    private @Nullable Integer priority;
    private @Nullable Instant notBefore;
    private @Nullable Instant expires;
    private @Nullable Duration timeout;
    private @Nullable Retry retry;
    private @Nullable List<ConcurrencyKey> concurrency;
    private @Nullable String dedupKey;
    private @Nullable Map<String, String> tags;
    private @Nullable String kind;
    private @Nullable Map<String, Object> options;
    private @Nullable String asOf;

    private Builder() {}

    public Builder assets(@Nullable List<String> value) {
      assets = value;
      return this;
    }

    public Builder job(@Nullable String value) {
      job = value;
      return this;
    }

    public Builder partition(@Nullable Object value) {
      partition = value;
      return this;
    }

    public Builder partitions(@Nullable Object value) {
      partitions = value;
      return this;
    }

    public Builder config(@Nullable Map<String, Object> value) {
      config = value;
      return this;
    }

    public Builder queue(@Nullable String value) {
      queue = value;
      return this;
    }

    public Builder priority(@Nullable Integer value) {
      priority = value;
      return this;
    }

    public Builder notBefore(@Nullable Instant value) {
      notBefore = value;
      return this;
    }

    public Builder expires(@Nullable Instant value) {
      expires = value;
      return this;
    }

    public Builder timeout(@Nullable Duration value) {
      timeout = value;
      return this;
    }

    public Builder retry(@Nullable Retry value) {
      retry = value;
      return this;
    }

    public Builder concurrency(@Nullable List<ConcurrencyKey> value) {
      concurrency = value;
      return this;
    }

    public Builder dedupKey(@Nullable String value) {
      dedupKey = value;
      return this;
    }

    public Builder tags(@Nullable Map<String, String> value) {
      tags = value;
      return this;
    }

    public Builder kind(@Nullable String value) {
      kind = value;
      return this;
    }

    public Builder options(@Nullable Map<String, Object> value) {
      options = value;
      return this;
    }

    public Builder asOf(@Nullable String value) {
      asOf = value;
      return this;
    }

    public SubmitRequest build() {
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
          asOf);
    }
  }
}
