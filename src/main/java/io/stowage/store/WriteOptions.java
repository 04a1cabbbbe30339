package io.stowage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How an object is to be written.
 *
 * @param contentType for other tools; only S3 keeps it
 * @param metadata small texts kept beside the object; names of {@code a-z 0-9 -}, at most {@value
 *     #MAX_METADATA_BYTES} bytes in all, percent-encoded as for a header
 */
public record WriteOptions(Mode mode, String contentType, Map<String, String> metadata) {
  /**
   * The metadata that tells a write from all others. A store adds a random one where the caller
   * gives none; one that the caller gives must not be used twice. By it a store finds out that a
   * write, whose answer was lost, had succeeded.
   */
  public static final String WRITE_ID = "stowage-write-id";

  public static final int MAX_METADATA_BYTES = 1800;

  /** What to do about an object that is there already. */
  public enum Mode {
    MUST_NOT_EXIST,
    OVERWRITE
  }

  public WriteOptions {
    metadata = Map.copyOf(metadata);
    metadata.forEach(WriteOptions::check);
    int bytes =
        metadata.entrySet().stream()
            .mapToInt(e -> e.getKey().length() + PercentEncoding.header(e.getValue()).length())
            .sum();
    if (bytes > MAX_METADATA_BYTES) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "an object's metadata takes %d bytes, and may take %d"
              .formatted(bytes, MAX_METADATA_BYTES));
    }
  }

  /** Refuses to write what exists. */
  public static WriteOptions once() {
    return new WriteOptions(Mode.MUST_NOT_EXIST, "application/octet-stream", Map.of());
  }

  /** Takes the place of what exists. */
  public static WriteOptions overwrite() {
    return new WriteOptions(Mode.OVERWRITE, "application/octet-stream", Map.of());
  }

  public WriteOptions contentType(String type) {
    return new WriteOptions(mode, type, metadata);
  }

  public WriteOptions with(String name, String value) {
    var more = new HashMap<>(metadata);
    more.put(name, value);
    return new WriteOptions(mode, contentType, more);
  }

  /** The same with a write id, for a store to begin with. */
  public WriteOptions identified() {
    return metadata.containsKey(WRITE_ID) ? this : with(WRITE_ID, UUID.randomUUID().toString());
  }

  private static void check(String name, String value) {
    if (!name.matches("[a-z0-9][a-z0-9-]*")) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "an object's metadata cannot be named '%s': a-z, 0-9 and '-' are allowed"
              .formatted(name));
    }
    if (!UTF_8.newEncoder().canEncode(value)) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "the metadata '%s' has half of a surrogate pair in it".formatted(name));
    }
  }
}
