package io.stowage.io.memory;

import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;

/**
 * Makes IO managers of type {@code memory}, for tests and notebooks: what they keep is gone with
 * the process.
 */
@IoManagerType("memory")
public final class MemoryIoManagerFactory implements IoManagerFactory<MemoryIoSettings> {
  @Override
  public IoManager create(MemoryIoSettings settings, ResourceContext context) {
    return new MemoryIoManager(context.key(), settings.maxValues());
  }
}
