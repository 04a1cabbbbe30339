package io.stowage.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param total how many materializations with a location there are, removed ones not counted
 * @param bytes of them, as far as they are known
 * @param items that may be removed
 * @param cursor to ask for what follows; null at the end
 */
public record RemovalsAnswer(
    long total, long bytes, List<MaterializationView> items, @Nullable String cursor) {}
