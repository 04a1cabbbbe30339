package io.stowage.protocol;

import java.util.List;
import java.util.Map;

/**
 * How the partitions of an asset stand.
 *
 * @param dimensions sorted by name; none for an asset without partitions
 * @param keys of all partitions, as text, the first dimension slowest
 * @param states a letter for each key: {@code .} missing, {@code m} materialized, {@code s} stale,
 *     {@code f} failed, {@code q} queued, {@code r} running
 * @param counts of partitions by the state's word
 */
public record PartitionStates(
    String asset,
    List<Dimension> dimensions,
    List<String> keys,
    String states,
    Map<String, Integer> counts) {
  /**
   * @param time whether the keys are times
   */
  public record Dimension(String name, boolean time, List<String> keys) {}
}
