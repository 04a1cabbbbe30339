package io.stowage.protocol;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * @param leases {@code ok}, {@code cancel} or {@code lost}, by lease
 * @param commands {@link #DRAIN}
 */
public record HeartbeatAnswer(Map<UUID, String> leases, List<String> commands) {
  /** Claim nothing more, and leave when what is held has ended. */
  public static final String DRAIN = "drain";
}
