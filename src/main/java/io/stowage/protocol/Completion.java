package io.stowage.protocol;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param outcome {@code succeeded}, {@code failed} or {@code canceled}
 * @param retry whether the queue may try again
 * @param error {@code {"code": …, "message": …}} of a failure
 */
public record Completion(
    UUID leaseId,
    UUID runId,
    String outcome,
    boolean retry,
    @Nullable Map<String, Object> result,
    @Nullable Map<String, Object> error) {}
