package io.stowage.engine;

import io.stowage.api.AssetKey;
import org.jspecify.annotations.Nullable;

/**
 * What was actually read for an input.
 *
 * @param materializationId null for an external asset
 * @param location null where it is not known
 * @param version the store's tag of the content that was read; null where it is not known
 * @param rows -1 where it is not known
 */
public record LoadedInput(
    String input,
    AssetKey asset,
    String partition,
    @Nullable String materializationId,
    @Nullable String location,
    @Nullable String version,
    long rows) {}
