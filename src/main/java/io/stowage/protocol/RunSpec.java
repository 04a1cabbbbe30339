package io.stowage.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane made of a request: its selection and partitions resolved against the
 * queue's catalog.
 *
 * @param partitions keys as text
 * @param overrides settings by IO manager key
 */
public record RunSpec(
    String jobName,
    List<String> assets,
    List<String> partitions,
    Map<String, Map<String, String>> overrides,
    Map<String, String> tags,
    @Nullable Duration timeout,
    @Nullable UUID backfill,
    @Nullable UUID retryOf) {}
