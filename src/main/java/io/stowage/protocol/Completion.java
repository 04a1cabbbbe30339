package io.stowage.protocol;

import io.stowage.protocol.EventsRequest.NewEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param outcome {@code succeeded}, {@code failed} or {@code canceled}
 * @param retry whether the queue may try again
 * @param error {@code {"code": …, "message": …}} of a failure
 * @param retryAfter the least time until it makes sense to try again, a day at the most
 * @param events what happened before, in order
 */
public record Completion(
    UUID leaseId,
    UUID runId,
    String outcome,
    boolean retry,
    @Nullable Map<String, Object> result,
    @Nullable Map<String, Object> error,
    @Nullable Duration retryAfter,
    List<NewEvent> events) {
  public Completion {
    events = events == null ? List.of() : events;
    Required.present("lease_id", leaseId);
    Required.present("run_id", runId);
    Required.present("outcome", outcome);
    Required.whole("events", events);
    if (retryAfter != null) {
      Required.between("retry_after", retryAfter.toSeconds(), 0, 86_400);
    }
  }

  /** Without more events, and tried again whenever the queue thinks fit. */
  public Completion(
      UUID leaseId,
      UUID runId,
      String outcome,
      boolean retry,
      @Nullable Map<String, Object> result,
      @Nullable Map<String, Object> error) {
    this(leaseId, runId, outcome, retry, result, error, null, List.of());
  }
}
