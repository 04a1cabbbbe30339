package io.stowage.store;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.UUID;

/**
 * Writes an object twice and deletes it: what {@link ObjectStore#check} tries where a bucket or
 * folder is there.
 */
public final class StoreProbe {
  private StoreProbe() {}

  /**
   * @throws StowageException what writing or deleting throws, or {@code INVALID_CONFIGURATION}
   *     where the second write is not refused
   */
  public static void run(ObjectStore store) {
    var key = ObjectKey.of("@probe/" + UUID.randomUUID());
    write(store, key);
    try {
      write(store, key);
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "the store at '%s' overwrites objects that must not exist: two attempts of a run could damage each other's output; use a server that honours 'If-None-Match: *'"
              .formatted(store.location(key)));
    } catch (StowageException e) {
      if (e.code() != ErrorCode.ALREADY_EXISTS) {
        throw e;
      }
    } finally {
      store.delete(key);
    }
  }

  private static void write(ObjectStore store, ObjectKey key) {
    try (var writer = store.create(key, WriteOptions.once())) {
      writer.commit();
    }
  }
}
