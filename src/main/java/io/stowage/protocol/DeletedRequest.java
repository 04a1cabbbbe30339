package io.stowage.protocol;

import java.util.List;
import java.util.UUID;

/** Says that the objects of materializations that were marked as removed are gone. */
public record DeletedRequest(UUID runId, List<UUID> ids) {
  public DeletedRequest {
    Required.present("run_id", runId);
    Required.whole("ids", ids);
    Required.between("ids", ids.size(), 0, 1_000);
  }
}
