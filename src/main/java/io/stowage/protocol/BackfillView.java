package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param state {@code running}, {@code succeeded}, {@code failed} or {@code canceled}
 * @param counts of asset partitions by what became of them: waiting, live, succeeded, failed,
 *     skipped, canceled
 */
public record BackfillView(
    UUID id,
    String queue,
    String state,
    List<String> assets,
    int total,
    Map<String, Integer> counts,
    String submittedBy,
    Instant submittedAt,
    @Nullable Instant finishedAt) {}
