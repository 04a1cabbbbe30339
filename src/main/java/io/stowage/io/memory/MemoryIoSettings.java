package io.stowage.io.memory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of an IO manager of type {@code memory}. */
@ConfigMapping
public interface MemoryIoSettings {
  /** How many values are kept, one for each asset and partition; a further one is refused. */
  @WithDefault("100000")
  int maxValues();
}
