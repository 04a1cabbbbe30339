package io.stowage.protocol;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param partition empty for an asset without partitions
 * @param severity {@code warn} or {@code error}; matters only where it did not pass
 * @param blocking whether downstream waited for it
 * @param description empty where nothing was said
 * @param materialization what was looked at; null where that is not known
 */
public record CheckView(
    String asset,
    String check,
    String partition,
    boolean passed,
    String severity,
    boolean blocking,
    String description,
    Map<String, Object> metadata,
    UUID runId,
    @Nullable UUID materialization,
    Instant at) {}
