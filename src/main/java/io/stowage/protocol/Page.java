package io.stowage.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param cursor to ask for what follows; null at the end
 */
public record Page<T>(List<T> items, @Nullable String cursor) {}
