package io.stowage.protocol;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What requests check of themselves when they are read: a hole is told at the door, by the name of
 * its field.
 */
final class Required {
  private static final int LONGEST_NAME = 255;

  /** As the database checks it as well. */
  private static final Pattern QUEUE = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");

  private Required() {}

  static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw refused("'" + field + "' is missing");
    }
    return value;
  }

  /** A list without holes. */
  static void whole(String field, @Nullable Collection<? extends @Nullable Object> values) {
    for (Object value : present(field, values)) {
      if (value == null) {
        throw refused("'" + field + "' has an element that is null");
      }
    }
  }

  static void wholeIfGiven(String field, @Nullable Collection<? extends @Nullable Object> values) {
    if (values != null) {
      whole(field, values);
    }
  }

  static void wholeIfGiven(String field, @Nullable Map<String, ? extends @Nullable Object> values) {
    if (values != null) {
      values.forEach((name, value) -> present(field + "." + name, value));
    }
  }

  /** Text that somebody will read, and an index can hold. */
  static void name(String field, @Nullable String text) {
    nameIfGiven(field, present(field, text));
  }

  static void nameIfGiven(String field, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.isBlank() || text.length() > LONGEST_NAME) {
      throw refused(
          "'" + field + "' has " + text.length() + " characters, not 1 to " + LONGEST_NAME);
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw refused("'" + field + "' has a control character in it");
    }
  }

  static void queue(String field, String name) {
    if (!QUEUE.matcher(name).matches()) {
      throw refused(
          "'"
              + name
              + "' is no name of a queue in '"
              + field
              + "': lower case, digits and .-_ between, at most 63");
    }
  }

  static void between(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw refused("'" + field + "' is " + value + ", not " + least + " to " + most);
    }
  }

  private static StowageException refused(String message) {
    return new StowageException(ErrorCode.INVALID_REQUEST, message);
  }
}
