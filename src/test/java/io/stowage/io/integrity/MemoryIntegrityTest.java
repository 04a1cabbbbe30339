package io.stowage.io.integrity;

import io.stowage.store.ObjectStore;
import io.stowage.store.memory.MemoryObjectStore;

class MemoryIntegrityTest extends IntegrityContract {
  private final ObjectStore store = new MemoryObjectStore("test");

  @Override
  ObjectStore store() {
    return store;
  }
}
