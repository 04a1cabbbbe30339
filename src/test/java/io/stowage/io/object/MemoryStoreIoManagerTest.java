package io.stowage.io.object;

import io.stowage.store.ObjectStore;
import io.stowage.store.memory.MemoryObjectStore;

class MemoryStoreIoManagerTest extends ObjectIoManagerContract {
  @Override
  ObjectStore store() {
    return new MemoryObjectStore("test");
  }
}
