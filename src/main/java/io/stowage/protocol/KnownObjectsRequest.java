package io.stowage.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks what the ledger knows of objects that lie in a store. */
public record KnownObjectsRequest(UUID runId, List<Asked> objects) {
  public KnownObjectsRequest {
    Required.present("run_id", runId);
    Required.whole("objects", objects);
    Required.between("objects", objects.size(), 0, 1_000);
  }

  /**
   * @param run that wrote it, as the object itself says; null where it was not asked, or does not
   *     say
   * @param lease that it was written under; null where it does not say
   */
  public record Asked(String location, @Nullable UUID run, @Nullable UUID lease) {
    public Asked {
      Required.present("location", location);
    }
  }
}
