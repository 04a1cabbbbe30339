package io.stowage.plan;

import io.stowage.api.partition.CustomPartitionMapping;
import java.util.Optional;

/** The author's own partition mappings, by the name of their class. May be called on any thread. */
@FunctionalInterface
public interface CustomMappings {
  /**
   * For who may not run the author's code: which partitions a custom mapping names is not known
   * then, and all planned partitions of the upstream asset go before.
   */
  CustomMappings OPAQUE = _ -> Optional.empty();

  /**
   * Empty only where the author's code may not be run here.
   *
   * @throws io.stowage.api.StowageException {@code INVALID_CONFIGURATION} where it may, and there
   *     is no mapping of this name
   */
  Optional<CustomPartitionMapping> find(String name);
}
