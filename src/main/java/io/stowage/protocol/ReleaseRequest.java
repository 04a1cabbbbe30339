package io.stowage.protocol;

import java.util.UUID;

/** Gives a lease back, without anything counted. */
public record ReleaseRequest(UUID runId, String reason) {
  /**
   * The reason of a worker whose catalog lacks the run's asset; the run is not offered to that
   * catalog again.
   */
  public static final String UNKNOWN_ASSET = "unknown_asset";

  public ReleaseRequest {
    Required.present("run_id", runId);
    Required.present("reason", reason);
  }
}
