package io.stowage.io.object;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StoredObject;
import io.stowage.api.StoredWrite;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The objects that a manager has written, as a sweep sees them. */
final class WrittenObjects {
  /** The metadata that names the run which wrote an object, and the lease it was written under. */
  static final String RUN = "stowage-run";

  static final String LEASE = "stowage-lease";

  private final ObjectStore store;
  private final ObjectKeys keys;

  WrittenObjects(ObjectStore store, ObjectKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  /** Whether the object lies below the manager's prefix, under a name that is never used again. */
  boolean owns(@Nullable StoredObject object) {
    if (object == null) {
      return false;
    }
    try {
      return keys.isWrite(store.keyOf(object.location()), null);
    } catch (StowageException e) {
      if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.INVALID_KEY) {
        return false;
      }
      throw e;
    }
  }

  Stream<StoredWrite> writes(@Nullable AssetKey asset) {
    return store
        .list(keys.writesBegin(asset))
        .filter(info -> keys.isWrite(keys.belongsTo(info.key()), asset))
        .map(this::write);
  }

  /** A quarantine goes by the name of what it belongs to, which is what the ledger knows. */
  private StoredWrite write(ObjectInfo info) {
    return new StoredWrite(
        store.location(keys.belongsTo(info.key())), info.size(), info.modified());
  }

  Stream<StoredWrite> unfinished(@Nullable AssetKey asset) {
    return store.uploads(keys.writesBegin(asset)).stream()
        .filter(upload -> keys.isWrite(keys.belongsTo(upload.key()), asset))
        .map(
            upload ->
                new StoredWrite(
                    store.location(keys.belongsTo(upload.key())), -1, upload.started()));
  }

  /** A write has its key alone: all that was begun of it is its own. */
  void abandon(URI location) {
    ObjectKey key = store.keyOf(location);
    if (keys.isWrite(key, null)) {
      Stream.of(key, keys.quarantine(key)).forEach(this::abort);
    }
  }

  private void abort(ObjectKey key) {
    store.uploads(key.path()).stream()
        .filter(upload -> upload.key().equals(key))
        .forEach(store::abort);
  }

  Optional<StoredWrite.Origin> origin(URI location) {
    ObjectKey key = store.keyOf(location);
    return store
        .info(key)
        .or(() -> store.info(keys.quarantine(key)))
        .map(ObjectInfo::metadata)
        .flatMap(WrittenObjects::origin);
  }

  private static Optional<StoredWrite.Origin> origin(Map<String, String> metadata) {
    String run = metadata.get(RUN);
    return run == null
        ? Optional.empty()
        : Optional.of(new StoredWrite.Origin(run, metadata.get(LEASE)));
  }

  boolean remove(URI location) {
    ObjectKey key = store.keyOf(location);
    if (!keys.isWrite(key, null)) {
      throw new StowageException(
          ErrorCode.INVALID_KEY,
          "'" + location + "' is not named as this IO manager names what it writes: not removed");
    }
    boolean quarantine = store.delete(keys.quarantine(key));
    return store.delete(key) || quarantine;
  }
}
