package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of removals ended: behind this materialization of this partition.
 *
 * @param partition may have any characters, so it stands last in the text
 */
record RemovalsCursor(UUID id, String partition) {
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);
  private static final int ID = 36;

  static RemovalsCursor of(@Nullable String text) {
    if (text == null) {
      return new RemovalsCursor(FIRST, "");
    }
    try {
      return new RemovalsCursor(UUID.fromString(text.substring(0, ID)), text.substring(ID));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "cursor '" + text + "' is none that this list gave", e);
    }
  }

  /** Behind all of the partition. */
  static RemovalsCursor behind(String partition) {
    return new RemovalsCursor(LAST, partition);
  }

  @Override
  public String toString() {
    return id + partition;
  }
}
