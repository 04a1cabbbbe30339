package io.stowage.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has new runs take the place of dead ones. One of the three is to be given; a queue and a reason
 * narrow each other.
 *
 * @param limit how many at the most, 100 where absent
 */
public record RedriveRequest(
    @Nullable List<UUID> runs,
    @Nullable String queue,
    @Nullable String reason,
    @Nullable Integer limit) {
  public RedriveRequest {
    Required.wholeIfGiven("runs", runs);
    Required.between("runs", runs == null ? 0 : runs.size(), 0, 1_000);
    Required.between("limit", limit == null ? 100 : limit, 1, 1_000);
    if (runs == null && queue == null && reason == null) {
      Required.present("runs, queue or reason", null);
    }
  }

  /** Which run took the place of which. */
  public record Answer(List<Redriven> redriven) {}

  /** One of them. */
  public record Redriven(UUID dead, UUID run) {}
}
