package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An asset, and how it stands.
 *
 * @param state {@code running}, {@code failed}, {@code stale}, {@code fresh} or {@code never}: the
 *     first of them that holds for any partition
 * @param partitions how many there are; null for an asset without any
 * @param materialized how many of them are stored
 * @param stale how many were made of something that was stored anew since
 * @param failed how many a run last failed to store
 * @param running runs under way that name the asset
 * @param queued runs that wait, and name the asset
 * @param newest when it was last stored; null where it never was
 */
public record AssetStatus(
    String asset,
    String group,
    String queue,
    String description,
    Map<String, String> tags,
    String ioManager,
    List<String> upstream,
    String state,
    @Nullable Long partitions,
    long materialized,
    long stale,
    long failed,
    long running,
    long queued,
    @Nullable Instant newest) {}
