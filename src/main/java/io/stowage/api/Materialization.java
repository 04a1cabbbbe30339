package io.stowage.api;

import io.stowage.api.metadata.MetadataValue;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record that a run stored an asset, or one partition of it.
 *
 * @param id of the record, a UUID
 * @param partition the partition key's text; empty for an asset without partitions
 * @param object where it is stored; null where the step stored nothing
 * @param metadata in the order in which it was added
 */
public record Materialization(
    String id,
    AssetKey asset,
    String partition,
    String runId,
    @Nullable StoredObject object,
    Map<String, MetadataValue> metadata,
    Instant committedAt) {}
