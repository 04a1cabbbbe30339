package io.stowage.store;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps objects: bytes with a name, written whole and read as a stream.
 *
 * <p><b>Whole.</b> A reader sees the object that was there, or all of the new one, never a part;
 * whoever has begun to read goes on reading what it began. A write that fails, is aborted, or whose
 * process dies leaves the object that was there.
 *
 * <p><b>Once.</b> Of any number of writers with {@link WriteOptions.Mode#MUST_NOT_EXIST} on one
 * key, in any number of processes, one commits, and the others get {@code ALREADY_EXISTS}.
 *
 * <p><b>Errors</b> are {@link StowageException}s, those of streams included, so that a library in
 * between does not wrap them: {@code NOT_FOUND}; {@code ALREADY_EXISTS}; {@code INVALID_KEY} where
 * this store cannot have such an object; {@code STORE_MISSING} where the bucket or folder is not
 * there; {@code ACCESS_DENIED}; {@code UNAVAILABLE} for what may work later, after the operation's
 * own few tries; {@code CANCELED} where the thread was interrupted while it waited.
 *
 * <p>A store may be used by many threads. Calls block: they are made for virtual threads. Where the
 * backends differ:
 *
 * <table>
 *   <caption>What each backend does</caption>
 *   <tr><th></th><th>file</th><th>s3</th><th>memory</th></tr>
 *   <tr><td>a key that is also a folder of other keys</td><td>refused, {@code INVALID_KEY}</td><td>as the server does</td><td>allowed</td></tr>
 *   <tr><td>metadata</td><td>where the file system has user attributes, else dropped</td><td>kept</td><td>kept</td></tr>
 *   <tr><td>checksum after commit</td><td>as metadata</td><td>not kept</td><td>kept</td></tr>
 *   <tr><td>version</td><td>none</td><td>if the bucket has versions</td><td>none</td></tr>
 * </table>
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * Begins to write an object, of which nothing is visible until {@link ObjectWriter#commit}.
   * Whether it exists already is decided at the commit. Memory is bounded, whatever the object's
   * size (but not in a store that is in memory).
   */
  ObjectWriter create(ObjectKey key, WriteOptions options);

  /**
   * Begins to read an object from its start.
   *
   * @throws StowageException {@code NOT_FOUND} where there is none
   */
  ObjectReader open(ObjectKey key);

  /** What the store knows about an object without reading it; empty where there is none. */
  Optional<ObjectInfo> info(ObjectKey key);

  /**
   * The objects whose keys begin with a text, which may be empty or end anywhere in a component; in
   * the order of keys. It is filled while it is read, and must be closed. Objects that come and go
   * meanwhile may be in it or not. Neither metadata nor checksum are told, and the operation itself
   * is not tried again. What has a name that is no valid key is left out.
   *
   * @throws StowageException {@code INVALID_KEY} where no key can begin so
   */
  Stream<ObjectInfo> list(String prefix);

  /**
   * Deletes an object. That there is none is no error: the answer is then false. Readers under way
   * go on in a file store.
   */
  boolean delete(ObjectKey key);

  /**
   * Writes that were begun, by whichever process, and neither committed nor given up, whose keys
   * begin with a text. They are no objects, but take up room. Empty where the store has none, or
   * clears them up by itself: files do at {@link #check} after a day; so does MinIO, which tells of
   * none by a prefix that is not a whole key.
   *
   * @throws StowageException {@code INVALID_KEY} where no key can begin so
   */
  default List<PendingUpload> uploads(String prefix) {
    return List.of();
  }

  /**
   * Gives up a write that {@link #uploads} told of: it can be committed no more. That it is gone is
   * no error.
   */
  default void abort(PendingUpload upload) {}

  /**
   * Where an object is or would be, for people and other tools: {@code s3://bucket/key}, {@code
   * file:///…}, {@code memory:name/key}.
   */
  URI location(ObjectKey key);

  /**
   * The key of an object whose {@link #location} this store has told.
   *
   * @throws StowageException {@code NOT_FOUND} for a location in another store, or in another place
   *     than this one is configured for
   */
  default ObjectKey keyOf(URI location) {
    ObjectKey sample = ObjectKey.of("@");
    String text = location.getSchemeSpecificPart();
    String root = location(sample).getSchemeSpecificPart();
    root = root.substring(0, root.length() - sample.path().length());
    if (text.startsWith(root) && text.length() > root.length()) {
      ObjectKey key = ObjectKey.of(text.substring(root.length()));
      if (location(key).equals(location)) {
        return key;
      }
    }
    throw new StowageException(
        ErrorCode.NOT_FOUND,
        "'%s' is not in this store, whose objects are at '%s…'; name the store that it was written to"
            .formatted(location, root));
  }

  /**
   * Tries at start-up what all else rests on: the place is there and can be listed, written,
   * deleted from, and a second {@link WriteOptions.Mode#MUST_NOT_EXIST} is refused. Creates the
   * place where the settings say so.
   *
   * @throws StowageException {@code STORE_MISSING}, {@code ACCESS_DENIED}, {@code UNAVAILABLE} or
   *     {@code INVALID_CONFIGURATION}; the message says what to do
   */
  void check();

  /**
   * Gives back connections. Readers and writers must be closed before. Repeating it does nothing.
   */
  @Override
  void close();
}
