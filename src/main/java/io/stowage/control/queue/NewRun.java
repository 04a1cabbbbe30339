package io.stowage.control.queue;

import io.stowage.protocol.RunSpec;
import io.stowage.protocol.SubmitRequest.ConcurrencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that was checked, and is to be queued.
 *
 * @param priority 0 to 9
 * @param notBefore null for at once
 */
public record NewRun(
    UUID id,
    short queue,
    RunSpec spec,
    int priority,
    int maxAttempts,
    @Nullable Duration timeout,
    @Nullable Instant notBefore,
    @Nullable Instant expires,
    @Nullable ConcurrencyKey concurrency,
    @Nullable String dedupKey,
    String submittedBy) {}
