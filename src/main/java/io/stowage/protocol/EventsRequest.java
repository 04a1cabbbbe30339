package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of a run, in order; numbered by the control plane. */
public record EventsRequest(UUID runId, List<NewEvent> events) {
  /** An event that has no number yet. */
  public record NewEvent(
      Instant at,
      String type,
      @Nullable String step,
      @Nullable String partition,
      String message,
      Map<String, Object> data) {}
}
