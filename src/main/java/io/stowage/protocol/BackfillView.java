package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param state {@code running}, {@code paused}, {@code succeeded}, {@code failed} or {@code
 *     canceled}
 * @param total how many asset partitions were asked for
 * @param counts of asset partitions by what became of them: waiting, live (queued or running),
 *     succeeded, failed, skipped (below one that did not succeed), canceled
 * @param heldUp why the queue takes no more of its runs at the moment; null where it does
 * @param retryOf the backfill of which this one is what had not succeeded
 * @param finishedAt null while anything of it waits or is live
 */
public record BackfillView(
    UUID id,
    String queue,
    String state,
    List<String> assets,
    int total,
    Map<String, Integer> counts,
    @Nullable String heldUp,
    @Nullable UUID retryOf,
    String submittedBy,
    Instant submittedAt,
    @Nullable Instant finishedAt) {}
