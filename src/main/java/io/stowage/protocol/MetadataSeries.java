package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A number of an asset's metadata, over its partitions and over time.
 *
 * @param partitionCount of how many partitions it is known
 * @param partitions of what is current, by partition key; of more than a thousand those that show
 *     the course, peaks included
 * @param history of the last materializations, oldest first
 */
public record MetadataSeries(
    String asset, String label, int partitionCount, List<Point> partitions, List<Point> history) {
  /** One materialization's number. */
  public record Point(String partition, Instant at, UUID run, double value) {}
}
