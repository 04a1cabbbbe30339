package io.stowage.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows about an object.
 *
 * @param size in bytes
 * @param etag differs when the bytes were written anew; to be compared only, with one of the same
 *     store
 * @param version the store's own name of this version of the object, if it keeps several
 * @param metadata by names in lower case; empty in a listing
 * @param checksum the bytes' SHA-256 in lower-case hex, if known
 */
public record ObjectInfo(
    ObjectKey key,
    long size,
    String etag,
    @Nullable String version,
    Instant modified,
    Map<String, String> metadata,
    @Nullable String checksum) {
  public ObjectInfo {
    metadata = Map.copyOf(metadata);
  }

  /** The same with a checksum that its writer has computed. */
  public ObjectInfo withChecksum(String sha256) {
    return new ObjectInfo(key, size, etag, version, modified, metadata, sha256);
  }
}
