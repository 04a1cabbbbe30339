package io.stowage.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 *     #FROM_FAILURE}
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

  public RunSpec {
    kind =
        Objects.requireNonNullElse(kind, RunKind.ASSET.word()); // a run of before there were kinds
    options = options == null ? Map.of() : Map.copyOf(options);
  }

  /** Whether what the run before has committed is not computed again. */
  public boolean fromFailure() {
    return "true".equals(options.get(FROM_FAILURE));
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
