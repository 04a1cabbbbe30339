package io.stowage.api.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as authors write it: a year, a month, a day, or a minute. */
final class LocalTimes {
  private static final Pattern TIME =
      Pattern.compile("(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:[T -](\\d\\d):(\\d\\d)(?::00)?)?)?)?");

  private LocalTimes() {}

  static LocalDateTime parse(String what, String text) {
    return read(text).orElseThrow(() -> fault(what, text));
  }

  /** Nothing where the text is no time. */
  static Optional<LocalDateTime> read(String text) {
    Matcher parts = TIME.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
              number(parts, 1, 0),
              number(parts, 2, 1),
              number(parts, 3, 1),
              number(parts, 4, 0),
              number(parts, 5, 0)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group, int otherwise) {
    String digits = parts.group(group);
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private static RuntimeException fault(String what, String text) {
    return Faults.configuration(
        what
            + " "
            + Faults.quoted(text)
            + " is no time: write 2012, 2012-01, 2012-01-31 or 2012-01-31T06:00");
  }
}
