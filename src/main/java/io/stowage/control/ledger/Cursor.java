package io.stowage.control.ledger;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a list goes on: behind the row with that id, since ids of version 7 sort by time. */
final class Cursor {
  /** Before all: lists go from new to old. */
  private static final UUID NEWEST = new UUID(-1L, -1L);

  private Cursor() {}

  static UUID before(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return NEWEST;
    }
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "cursor '" + cursor + "' is none that this list gave", e);
    }
  }
}
