package io.stowage.store.resource;

import io.smallrye.config.ConfigMapping;

/** Settings of a store of type {@code resource}. */
@ConfigMapping
public interface ResourceSettings {
  /**
   * The folder of the class path whose resources are the objects, {@code samples/weather}. A native
   * image has only those that it was built with.
   */
  String folder();
}
