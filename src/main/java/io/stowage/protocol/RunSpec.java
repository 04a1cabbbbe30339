package io.stowage.protocol;

import io.stowage.api.ErrorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane made of a request: its selection and partitions resolved against the
 * queue's catalog.
 *
 * @param partitions keys as text
 * @param overrides settings by IO manager key
 * @param kind what the run does, {@link RunKind}
 * @param retryOf the run that this one does again
 * @param options of a run of that kind, {@link SweepOptions}; of one that computes {@link
 *     #FROM_FAILURE}, {@link #AS_OF} and {@link #AS_OF_RUN}; of any {@link #RETRY_ON}
 */
public record RunSpec(
    String jobName,
    List<String> assets,
    List<String> partitions,
    Map<String, Map<String, String>> overrides,
    Map<String, String> tags,
    @Nullable Duration timeout,
    @Nullable UUID backfill,
    @Nullable UUID retryOf,
    String kind,
    Map<String, String> options) {
  /** The option of a run that goes on where the one before failed: what that committed stands. */
  public static final String FROM_FAILURE = "from-failure";

  /** The option that says when it was what is read; and, if it is one, of which run. */
  public static final String AS_OF = "as-of";

  public static final String AS_OF_RUN = "as-of-run";

  /** The option that says which kinds of error are retried, where not the usual ones. */
  public static final String RETRY_ON = "retry-on";

  private static final Set<ErrorKind> RETRIED = EnumSet.of(ErrorKind.TRANSIENT, ErrorKind.INTERNAL);

  public RunSpec {
    kind =
        Objects.requireNonNullElse(kind, RunKind.ASSET.word()); // a run of before there were kinds
    options = options == null ? Map.of() : Map.copyOf(options);
  }

  /** Whether what the run before has committed is not computed again. */
  public boolean fromFailure() {
    return "true".equals(options.get(FROM_FAILURE));
  }

  /**
   * Whether the queue tries again what failed so: what is {@code TRANSIENT} or {@code INTERNAL},
   * unless the request says which. What is the caller's never is, since it fails the same way.
   */
  public boolean retries(ErrorKind failed) {
    String kinds = options.get(RETRY_ON);
    return kinds == null
        ? RETRIED.contains(failed)
        : failed != ErrorKind.CALLER && List.of(kinds.split(",")).contains(failed.word());
  }

  /** The same, of which these kinds of error are retried. */
  public RunSpec retryingOn(List<String> kinds) {
    var more = new HashMap<>(options);
    more.put(RETRY_ON, String.join(",", kinds));
    return new RunSpec(
        jobName, assets, partitions, overrides, tags, timeout, backfill, retryOf, kind, more);
  }

  /** What is read that is not part of the run; empty for what is current. */
  public Optional<AsOf> asOf() {
    String run = options.get(AS_OF_RUN);
    return Optional.ofNullable(options.get(AS_OF))
        .map(at -> new AsOf(Instant.parse(at), run == null ? null : UUID.fromString(run)));
  }

  /** Of a run that computes assets. */
  public RunSpec(
      String jobName,
      List<String> assets,
      List<String> partitions,
      Map<String, Map<String, String>> overrides,
      Map<String, String> tags,
      @Nullable Duration timeout,
      @Nullable UUID backfill,
      @Nullable UUID retryOf) {
    this(
        jobName,
        assets,
        partitions,
        overrides,
        tags,
        timeout,
        backfill,
        retryOf,
        RunKind.ASSET.word(),
        Map.of());
  }
}
