package io.stowage.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for many partitions.
 *
 * @param partitions a list of keys, or a map of {@code from} and {@code to}; all existing ones
 *     where absent
 */
public record BackfillRequest(
    @Nullable List<String> assets,
    @Nullable Object partitions,
    @Nullable String queue,
    @Nullable Map<String, Object> config,
    @Nullable Map<String, String> tags) {}
