package io.stowage.io.object;

import io.stowage.store.ObjectStore;
import io.stowage.store.memory.MemoryObjectStore;

class MemoryQuarantineTest extends QuarantineContract {
  private final ObjectStore store = new MemoryObjectStore("test");

  @Override
  ObjectStore store() {
    return store;
  }
}
