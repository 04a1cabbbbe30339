package io.stowage.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sets of a queue; all of it at once.
 *
 * @param maxDepth how many runs may wait; none is refused where absent
 * @param sessionTtl 10 s to 300 s; as the control plane is set where absent
 * @param retriesPerMinute how fast failed runs are tried again; without a limit where absent
 */
public record QueueSettings(
    @Nullable Integer maxDepth, @Nullable Duration sessionTtl, @Nullable Integer retriesPerMinute) {
  public QueueSettings {
    Required.between("max_depth", maxDepth == null ? 0 : maxDepth, 0, Integer.MAX_VALUE);
    Required.between("session_ttl", sessionTtl == null ? 10 : sessionTtl.toSeconds(), 10, 300);
    Required.between(
        "retries_per_minute", retriesPerMinute == null ? 1 : retriesPerMinute, 1, 60_000);
  }
}
