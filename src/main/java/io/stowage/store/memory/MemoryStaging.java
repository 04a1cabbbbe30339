package io.stowage.store.memory;

import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.Staging;
import io.stowage.store.WriteOptions;
import java.io.ByteArrayOutputStream;

final class MemoryStaging implements Staging {
  private final MemoryObjectStore store;
  private final ObjectKey key;
  private final WriteOptions options;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  MemoryStaging(MemoryObjectStore store, ObjectKey key, WriteOptions options) {
    this.store = store;
    this.key = key;
    this.options = options;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    store.refuseAbove(key, (long) bytes.size() + length);
    bytes.write(from, offset, length);
  }

  @Override
  public ObjectInfo publish(String sha256) {
    return store.put(key, options, bytes.toByteArray(), sha256);
  }

  @Override
  public void discard() {
    bytes.reset();
  }
}
