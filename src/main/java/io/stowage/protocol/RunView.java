package io.stowage.protocol;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is shown.
 *
 * @param state {@code scheduled}, {@code blocked}, {@code queued}, {@code running}, {@code
 *     canceling}, {@code succeeded}, {@code failed}, {@code dead}, {@code canceled} or {@code
 *     expired}
 * @param attempts how many ended by failure, or with success
 * @param losses how many were lost with their worker
 */
public record RunView(
    UUID id,
    String queue,
    String state,
    RunSpec spec,
    int priority,
    int attempts,
    int losses,
    String submittedBy,
    Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String worker,
    @Nullable Map<String, Object> result,
    @Nullable Map<String, Object> error) {}
