package io.stowage.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param max how many leases at the most
 * @param waitMillis how long to wait for the first
 * @param runs the only ones to claim, without waiting: those that a delivery brought word of
 */
public record ClaimRequest(int max, long waitMillis, @Nullable List<UUID> runs) {
  public ClaimRequest {
    Required.wholeIfGiven("runs", runs);
    Required.between("runs", runs == null ? 0 : runs.size(), 0, 100);
  }

  /** Of any run. */
  public ClaimRequest(int max, long waitMillis) {
    this(max, waitMillis, null);
  }
}
