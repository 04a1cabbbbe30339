package io.stowage.store.memory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of a store of type {@code memory}. What is in it is gone with the process. */
@ConfigMapping
public interface MemorySettings {
  /**
   * How many bytes all objects together may have; a write beyond that fails instead of the whole
   * process.
   */
  @WithDefault("268435456")
  long maxBytes();
}
