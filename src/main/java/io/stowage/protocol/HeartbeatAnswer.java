package io.stowage.protocol;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * @param leases {@code ok}, {@code cancel} or {@code lost}, by lease
 * @param commands {@code drain}
 */
public record HeartbeatAnswer(Map<UUID, String> leases, List<String> commands) {}
