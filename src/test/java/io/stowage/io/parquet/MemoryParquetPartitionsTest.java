package io.stowage.io.parquet;

import io.stowage.store.ObjectStore;
import io.stowage.store.memory.MemoryObjectStore;

class MemoryParquetPartitionsTest extends ParquetPartitionsContract {
  private final ObjectStore store = new MemoryObjectStore("test");

  @Override
  ObjectStore store() {
    return store;
  }
}
