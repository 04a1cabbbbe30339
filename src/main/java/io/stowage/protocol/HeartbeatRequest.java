package io.stowage.protocol;

import java.util.List;
import java.util.UUID;

/**
 * @param state {@code running} or {@code terminating}
 * @param leases all that the worker holds
 */
public record HeartbeatRequest(String state, int freeSlots, List<UUID> leases) {
  public HeartbeatRequest {
    Required.present("state", state);
    Required.whole("leases", leases);
  }
}
