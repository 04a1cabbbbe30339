package io.stowage.store.memory;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectReader;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectWriter;
import io.stowage.store.StagedWriter;
import io.stowage.store.StoreProbe;
import io.stowage.store.StreamReader;
import io.stowage.store.WriteOptions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Objects in memory. Closing the store drops nothing: it goes with its last reference. */
public final class MemoryObjectStore implements ObjectStore {
  private record Stored(byte[] bytes, ObjectInfo info) {}

  private final String name;
  private final long maxBytes;
  private final ConcurrentNavigableMap<ObjectKey, Stored> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong used = new AtomicLong();

  /** A store without a limit, for tests. */
  public MemoryObjectStore(String name) {
    this(name, () -> Long.MAX_VALUE);
  }

  public MemoryObjectStore(String name, MemorySettings settings) {
    this.name = name;
    this.maxBytes = settings.maxBytes();
  }

  @Override
  public ObjectWriter create(ObjectKey key, WriteOptions options) {
    return new StagedWriter(key, new MemoryStaging(this, key, options.identified()));
  }

  @Override
  public ObjectReader open(ObjectKey key) {
    var stored = objects.get(key);
    if (stored == null) {
      throw new StowageException(
          ErrorCode.NOT_FOUND,
          "cannot read '%s' from memory store '%s': there is no such object".formatted(key, name));
    }
    return new StreamReader(
        stored.info,
        new ByteArrayInputStream(stored.bytes),
        e -> new StowageException(ErrorCode.INTERNAL_ERROR, "cannot read memory", e));
  }

  @Override
  public Optional<ObjectInfo> info(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(Stored::info);
  }

  @Override
  public Stream<ObjectInfo> list(String prefix) {
    String checked = ObjectKey.prefix(prefix);
    return objects.values().stream()
        .map(Stored::info)
        .filter(info -> info.key().path().startsWith(checked))
        .map(MemoryObjectStore::listed);
  }

  @Override
  public boolean delete(ObjectKey key) {
    var stored = objects.remove(key);
    if (stored != null) {
      used.addAndGet(-stored.bytes.length);
    }
    return stored != null;
  }

  @Override
  public URI location(ObjectKey key) {
    try {
      return new URI("memory", name + "/" + key, null);
    } catch (URISyntaxException e) {
      throw new StowageException(
          ErrorCode.INVALID_KEY, "'%s' cannot be written as a location".formatted(key), e);
    }
  }

  @Override
  public void check() {
    StoreProbe.run(this);
  }

  @Override
  public void close() {}

  ObjectInfo put(ObjectKey key, WriteOptions options, byte[] bytes, String sha256) {
    var info =
        new ObjectInfo(
            key,
            bytes.length,
            Long.toHexString(writes.incrementAndGet()),
            null,
            Instant.now(),
            options.metadata(),
            sha256);
    var stored = new Stored(bytes, info);
    var old = options.mode() == WriteOptions.Mode.OVERWRITE ? objects.put(key, stored) : null;
    if (options.mode() == WriteOptions.Mode.MUST_NOT_EXIST
        && objects.putIfAbsent(key, stored) != null) {
      throw new StowageException(
          ErrorCode.ALREADY_EXISTS,
          "cannot write '%s' to memory store '%s': there is such an object already"
              .formatted(key, name));
    }
    used.addAndGet(bytes.length - (old == null ? 0L : old.bytes.length));
    return info;
  }

  void refuseAbove(ObjectKey key, long more) {
    if (more > maxBytes - used.get()) {
      throw new StowageException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "cannot write '%s' to memory store '%s': all objects together may have %d bytes; raise max-bytes, or use a store of type 'file'"
              .formatted(key, name, maxBytes));
    }
  }

  private static ObjectInfo listed(ObjectInfo info) {
    return new ObjectInfo(
        info.key(), info.size(), info.etag(), null, info.modified(), Map.of(), null);
  }
}
