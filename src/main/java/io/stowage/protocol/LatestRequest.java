package io.stowage.protocol;

import java.util.List;

/**
 * Asks for the current materializations of an asset's partitions; the empty text stands for an
 * asset without any.
 */
public record LatestRequest(String asset, List<String> partitions) {}
