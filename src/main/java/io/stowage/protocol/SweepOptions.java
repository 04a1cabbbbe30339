package io.stowage.protocol;

import io.stowage.api.ErrorCode;
import io.stowage.api.Retention;
import io.stowage.api.StowageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep keeps. A materialization is removed where it is beyond the last so many of its
 * partition, and older than the age, and was replaced longer ago than the grace.
 *
 * @param keep how many materializations of each asset and partition stay, the current one included;
 *     null for as many as the IO manager's retention says
 * @param olderThan what is younger stays; null for what the IO manager's retention says
 * @param dryRun only says what would be removed
 * @param grace how long what was replaced may still be read
 * @param orphanGrace how long an object may lie there that no materialization names
 */
public record SweepOptions(
    @Nullable Integer keep,
    @Nullable Duration olderThan,
    boolean dryRun,
    Duration grace,
    Duration orphanGrace) {
  public static final String DRY_RUN = "dry-run";
  private static final String KEEP = "keep";
  private static final String OLDER_THAN = "older-than";
  private static final String GRACE = "grace";
  private static final String ORPHAN_GRACE = "orphan-grace";
  private static final List<String> NAMES = List.of(KEEP, OLDER_THAN, DRY_RUN, GRACE, ORPHAN_GRACE);

  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*([smhdw])");

  public static final SweepOptions DEFAULTS =
      new SweepOptions(null, null, false, Duration.ofHours(1), Duration.ofDays(1));

  public SweepOptions {
    if (keep != null && (keep < 1 || keep > MOST)) {
      throw refused(
          KEEP, keep + " is not 1 to " + MOST + ": the current materialization always stays");
    }
    if (olderThan != null) {
      within(OLDER_THAN, olderThan);
    }
    within(GRACE, grace);
    within(ORPHAN_GRACE, orphanGrace);
  }

  /**
   * Reads options; what is absent has its default. A duration is {@code 30d}, {@code 12h} or as ISO
   * 8601 has it, {@code P30D}. {@code older_than} is {@code older-than}.
   *
   * @throws StowageException {@code UNKNOWN_SETTING} or {@code INVALID_REQUEST}, naming the option
   */
  public static SweepOptions of(Map<String, ? extends @Nullable Object> given) {
    var options = new LinkedHashMap<String, @Nullable Object>();
    given.forEach((name, value) -> options.put(known(name.replace('_', '-')), value));
    return new SweepOptions(
        options.containsKey(KEEP) ? number(options.get(KEEP)) : null,
        options.containsKey(OLDER_THAN) ? duration(options, OLDER_THAN, Duration.ZERO) : null,
        options.containsKey(DRY_RUN) && truth(options.get(DRY_RUN)),
        duration(options, GRACE, DEFAULTS.grace),
        duration(options, ORPHAN_GRACE, DEFAULTS.orphanGrace));
  }

  /** With the manager's retention where nothing else was said. */
  public SweepOptions over(Retention retention) {
    return new SweepOptions(
        Objects.requireNonNullElse(keep, retention.keep()),
        Objects.requireNonNullElse(olderThan, retention.age()),
        dryRun,
        grace,
        orphanGrace);
  }

  /** How many stay in any case. */
  public int kept() {
    return Objects.requireNonNullElse(keep, Retention.DEFAULT.keep());
  }

  /** How old what goes is in any case. */
  public Duration age() {
    return Objects.requireNonNullElse(olderThan, Retention.DEFAULT.age());
  }

  /** As a run keeps it. */
  public Map<String, String> toData() {
    var data = new LinkedHashMap<String, String>();
    if (keep != null) {
      data.put(KEEP, keep.toString());
    }
    if (olderThan != null) {
      data.put(OLDER_THAN, olderThan.toString());
    }
    data.put(DRY_RUN, Boolean.toString(dryRun));
    data.put(GRACE, grace.toString());
    data.put(ORPHAN_GRACE, orphanGrace.toString());
    return data;
  }

  private static String known(String name) {
    if (NAMES.contains(name)) {
      return name;
    }
    throw new StowageException(
        ErrorCode.UNKNOWN_SETTING, "there is no option '" + name + "': there are " + NAMES);
  }

  private static int number(@Nullable Object value) {
    try {
      return Integer.parseInt(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw refused(KEEP, "'" + value + "' is no whole number");
    }
  }

  private static boolean truth(@Nullable Object value) {
    return switch (String.valueOf(value)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(DRY_RUN, "'" + value + "' is neither true nor false");
    };
  }

  private static Duration duration(
      Map<String, ? extends @Nullable Object> options, String name, Duration otherwise) {
    if (!options.containsKey(name)) {
      return otherwise;
    }
    String text = String.valueOf(options.get(name));
    Matcher matched = SHORT.matcher(text);
    if (matched.matches()) {
      long count = Long.parseLong(matched.group(1));
      return switch (matched.group(2)) {
        case "s" -> Duration.ofSeconds(count);
        case "m" -> Duration.ofMinutes(count);
        case "h" -> Duration.ofHours(count);
        case "w" -> Duration.ofDays(7 * count);
        default -> Duration.ofDays(count);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw refused(name, "'" + text + "' is no duration: write 30d, 12h or P30D");
    }
  }

  private static void within(String name, Duration duration) {
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw refused(name, duration + " is not zero to " + LONGEST.toDays() + " days");
    }
  }

  private static StowageException refused(String name, String why) {
    return new StowageException(ErrorCode.INVALID_REQUEST, "option '" + name + "': " + why);
  }
}
