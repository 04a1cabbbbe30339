package io.stowage.app;

import io.stowage.api.InputManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.io.memory.MemoryIoSettings;

/** A type that only loads, as one for a source of somebody else's would. */
@IoManagerType(value = "only-loading", loadOnly = true)
public final class OnlyLoadingFactory implements IoManagerFactory<MemoryIoSettings> {
  @Override
  public InputManager create(MemoryIoSettings settings, ResourceContext context) {
    return _ -> "loaded";
  }
}
