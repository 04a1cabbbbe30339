package io.stowage.control.page;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How values are written on the page. */
@TemplateExtension(namespace = "show")
public final class Shown {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Shown() {}

  /** {@code 3 min ago}; older than a week as a date. */
  static String ago(@Nullable Instant at) {
    if (at == null) {
      return "–";
    }
    Duration since = Duration.between(at, Instant.now());
    if (since.isNegative()) {
      return "in " + duration(since.negated());
    }
    long seconds = since.toSeconds();
    if (seconds < 5) {
      return "just now";
    }
    return seconds < 60
        ? seconds + " s ago"
        : seconds < 3600
            ? seconds / 60 + " min ago"
            : seconds < 86_400
                ? seconds / 3600 + " h ago"
                : seconds < 7 * 86_400 ? seconds / 86_400 + " d ago" : MINUTE.format(at);
  }

  /** To the minute, in UTC. */
  static String minute(@Nullable Instant at) {
    return at == null ? "–" : MINUTE.format(at);
  }

  /** The time of day to the millisecond, in UTC. */
  static String clock(Instant at) {
    return MILLIS.format(at);
  }

  /** From a time to another, or to now. */
  static String took(@Nullable Instant from, @Nullable Instant to) {
    return from == null ? "–" : duration(Duration.between(from, to == null ? Instant.now() : to));
  }

  /** From a time to now. */
  static String since(@Nullable Instant from) {
    return took(from, null);
  }

  static String seconds(double seconds) {
    return duration(Duration.ofNanos((long) (seconds * 1e9)));
  }

  static String duration(Duration took) {
    double seconds = Math.max(0, took.toNanos() / 1e9);
    if (seconds < 1) {
      return Math.round(seconds * 1000) + " ms";
    }
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = took.toSeconds();
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole / 60 % 60 + " min";
  }

  static String bytes(long bytes) {
    if (bytes < 0) {
      return "–";
    }
    double left = bytes;
    int unit = 0;
    while (left >= 1024 && unit < UNITS.length - 1) {
      left /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, left < 10 ? "%.1f %s" : "%.0f %s", left, UNITS[unit]);
  }

  /** With its thousands apart; a dash where it is not known. */
  static String count(long number) {
    return number < 0 ? "–" : String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }

  /** The part of an id that tells it from others of its time. */
  static String brief(UUID id) {
    String text = id.toString();
    return text.substring(text.length() - 8);
  }

  static String asset(String key) {
    return Link.asset(key);
  }

  static String job(String name) {
    return Link.job(name);
  }

  static String encoded(String text) {
    return Link.encoded(text);
  }

  /** The first few of a list, in words. */
  static String some(List<String> all) {
    return all.size() <= 3
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, 2)) + " and " + (all.size() - 2) + " more";
  }

  /** Partition keys: the one, or the first, the last and how many. */
  static String span(List<String> keys) {
    return keys.isEmpty()
        ? ""
        : keys.size() == 1
            ? keys.getFirst()
            : keys.getFirst() + " … " + keys.getLast() + " (" + keys.size() + ")";
  }
}
