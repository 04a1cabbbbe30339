package io.stowage.io.flat;

import io.stowage.store.ObjectStore;
import io.stowage.store.memory.MemoryObjectStore;

class MemoryFlatLayoutTest extends FlatLayoutContract {
  private final ObjectStore store = new MemoryObjectStore("test");

  @Override
  ObjectStore store() {
    return store;
  }
}
