package io.stowage.protocol;

import java.util.List;
import java.util.UUID;

/**
 * Marks materializations as removed, those that the request asked about still allows: what is
 * current, or may be read by a run under way, is left as it is.
 */
public record MarkRequest(RemovalsRequest request, List<UUID> ids) {
  public MarkRequest {
    Required.present("request", request);
    Required.whole("ids", ids);
    Required.between("ids", ids.size(), 0, 1_000);
  }
}
