package io.stowage.api.partition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Keys of windows, and windows of keys, without regard to where a definition starts and ends. */
record WindowKeys(Windows windows, ZoneId zone, KeyFormat format) {
  /**
   * The key of the window that begins here. Of two that would have the same the later one has its
   * offset appended.
   */
  String text(Instant start) {
    ZonedDateTime at = start.atZone(zone);
    String text = format.text(at);
    ZonedDateTime twin = at.withEarlierOffsetAtOverlap();
    boolean taken =
        !twin.equals(at) && windows.begin(twin.toInstant()) && format.text(twin).equals(text);
    return taken ? text + at.getOffset().getId() : text;
  }

  /** Where the window of a key begins; nothing where no window has this very key. */
  Optional<Instant> start(String key) {
    try {
      for (Instant instant : format.instants(key, zone)) {
        Instant floor = windows.floor(instant);
        // What the format leaves out is zero: the window then begins later than the instant.
        Instant start = text(floor).equals(key) ? floor : windows.ceiling(instant);
        if (text(start).equals(key)) {
          return Optional.of(start);
        }
      }
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** The time that a text means, if it means one: written by the format, or as authors do. */
  Optional<Instant> instant(String text) {
    try {
      return format.instants(text, zone).stream().findFirst();
    } catch (DateTimeException | ArithmeticException e) {
      return LocalTimes.read(text).map(time -> time.atZone(zone).toInstant());
    }
  }

  Optional<TimeWindow> window(String key) {
    return start(key).map(start -> new TimeWindow(start, windows.next(start), zone));
  }

  /** Whether each of the windows from an instant on has a key of its own, as far as was tried. */
  boolean roundTrip(Instant from, int tried) {
    Instant start = windows.ceiling(from);
    for (int i = 0; i < tried; i++) {
      if (!start(text(start)).equals(Optional.of(start))) {
        return false;
      }
      start = windows.next(start);
    }
    return true;
  }
}
