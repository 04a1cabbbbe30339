package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker's session.
 *
 * @param state {@code running}, {@code quiet}, {@code terminating}, {@code lost}, or {@code
 *     draining} where an operator has asked for it
 * @param kinds of runs that it executes
 * @param catalog hash of the catalog that it brought
 */
public record WorkerView(
    long session,
    String worker,
    String principal,
    String state,
    List<String> queues,
    List<String> kinds,
    int slots,
    String catalog,
    Instant startedAt,
    Instant lastSeenAt,
    List<Held> leases) {
  /** A run that it holds. */
  public record Held(UUID run, int attempt, boolean canceling, @Nullable Instant since) {}
}
