package io.stowage.protocol;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run whose attempts or losses were exhausted.
 *
 * @param reason the error's code; {@code crash_loop} where it was lost too often
 */
public record DeadRun(
    UUID id, String queue, String reason, @Nullable String message, Instant endedAt) {}
