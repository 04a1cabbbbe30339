package io.stowage.store;

import io.stowage.api.StowageException;
import java.io.OutputStream;

/**
 * An object being written. It becomes visible by {@link #commit} alone; {@link #close} without it
 * aborts. For one thread at a time.
 */
public interface ObjectWriter extends AutoCloseable {
  /**
   * Takes the object's bytes; the same stream at each call. Closing it only ends the bytes. After a
   * write has failed, nothing else than {@link #close} succeeds.
   */
  OutputStream stream();

  /** How many bytes were written so far. */
  long bytes();

  /**
   * Makes the object visible, durably. Repeated after success it gives the same answer. After a
   * failure nothing is visible, but for one case: where the answer of a server was lost each time,
   * the object may be there.
   *
   * @return what was stored; its checksum is always set, and may be told here only
   * @throws StowageException {@code ALREADY_EXISTS} where the options forbid that; others as at
   *     {@link ObjectStore}
   */
  ObjectInfo commit();

  /**
   * Aborts, unless committed: nothing stays, neither in the store nor of the upload. Never fails;
   * repeating it does nothing.
   */
  @Override
  void close();
}
