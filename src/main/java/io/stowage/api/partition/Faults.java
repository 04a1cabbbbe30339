package io.stowage.api.partition;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Collection;
import java.util.stream.Collectors;

/** The exceptions of this package, and text that is safe in their messages. */
final class Faults {
  private static final int LONGEST_SHOWN = 80;
  private static final int MOST_SHOWN = 10;

  private Faults() {}

  static StowageException configuration(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  static StowageException request(String message) {
    return new StowageException(ErrorCode.INVALID_REQUEST, message);
  }

  static StowageException unknown(String message) {
    return new StowageException(ErrorCode.UNKNOWN_PARTITION, message);
  }

  static StowageException key(String text, String reason) {
    return new StowageException(
        ErrorCode.INVALID_KEY, "partition key " + quoted(text) + " cannot be: " + reason);
  }

  /** In quotes, short enough for a line, and without control characters. */
  static String quoted(String text) {
    String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    return "'" + shown.replaceAll("\\p{Cc}", "?") + "'";
  }

  /** The first few, quoted. */
  static String quoted(Collection<String> texts) {
    String first =
        texts.stream().limit(MOST_SHOWN).map(Faults::quoted).collect(Collectors.joining(", "));
    return texts.size() > MOST_SHOWN
        ? first + " and " + (texts.size() - MOST_SHOWN) + " more"
        : first;
  }
}
