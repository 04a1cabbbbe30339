package io.stowage.control.rest;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what stands in a path, a query or a header. */
final class Parse {
  private static final int LONGEST_KEY = 255;

  private Parse() {}

  static UUID id(String what, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.NOT_FOUND, "there is no " + what + " '" + text + "': an id is a UUID", e);
    }
  }

  static int number(String what, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, what + " '" + text + "' is no whole number", e);
    }
  }

  static long session(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new StowageException(ErrorCode.NOT_FOUND, "there is no session '" + text + "'", e);
    }
  }

  static <T> T body(@Nullable T body) {
    if (body == null) {
      throw new StowageException(ErrorCode.INVALID_REQUEST, "the request has no body: send JSON");
    }
    return body;
  }

  static String required(String what, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "the query has no '" + what + "': add ?" + what + "=…");
    }
    return text;
  }

  static @Nullable String idempotencyKey(@Nullable String key) {
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "the Idempotency-Key has " + key.length() + " characters, not 1 to " + LONGEST_KEY);
    }
    return key;
  }
}
