package io.stowage.api.partition;

import java.util.List;

/**
 * What a mapping names.
 *
 * @param existing keys of the upstream definition, in its order
 * @param missing keys that the mapping names too, but the definition does not contain: before its
 *     start, after its end, not complete yet, or never written down
 */
public record MappedPartitions(List<PartitionKey> existing, List<PartitionKey> missing) {
  public static final MappedPartitions NONE = new MappedPartitions(List.of(), List.of());

  public MappedPartitions {
    existing = List.copyOf(existing);
    missing = List.copyOf(missing);
  }
}
