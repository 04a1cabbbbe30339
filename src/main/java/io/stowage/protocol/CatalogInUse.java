package io.stowage.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a queue's runs are checked against, and what those have that pull from it.
 *
 * @param current hash of the queue's catalog; null where no worker has brought one yet
 * @param workers how many sessions are open, by the hash of their catalog
 */
public record CatalogInUse(String queue, @Nullable String current, Map<String, Integer> workers) {}
