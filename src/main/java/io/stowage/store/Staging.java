package io.stowage.store;

import io.stowage.api.StowageException;

/**
 * Where an implementation of {@link ObjectStore} keeps the bytes of one object that is not
 * committed yet. {@link StagedWriter} alone calls it: writes, then at most one {@code publish},
 * then {@code discard} unless that succeeded.
 */
public interface Staging {
  void write(byte[] bytes, int offset, int length);

  /**
   * Makes the object visible, in the one step that decides who wins.
   *
   * @param sha256 of all bytes that were written
   * @throws StowageException with nothing made visible
   */
  ObjectInfo publish(String sha256);

  /**
   * Leaves nothing behind; also after a failed {@code publish}. Logs what it cannot remove, and
   * does not fail.
   */
  void discard();
}
