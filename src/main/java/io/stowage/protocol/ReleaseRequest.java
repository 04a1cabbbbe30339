package io.stowage.protocol;

import java.util.UUID;

/** Gives a lease back, without anything counted. */
public record ReleaseRequest(UUID runId, String reason) {
  public ReleaseRequest {
    Required.present("run_id", runId);
    Required.present("reason", reason);
  }
}
