package io.stowage.protocol;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is read in place of what is current: what was so at a time, or what a run left.
 *
 * @param at null only while it is not known when the run ended
 * @param run of what this run made, its own; of all else what was current at the time
 */
public record AsOf(@Nullable Instant at, @Nullable UUID run) {
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  public AsOf {
    if (at == null && run == null) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "neither a time nor a run is given to be read as of");
    }
  }

  /**
   * Reads the id of a run, a time, or a date, which stands for its first moment.
   *
   * @param zone of a time that names none
   * @throws StowageException {@code INVALID_REQUEST} where it is none of them
   */
  public static AsOf parse(String text, ZoneId zone) {
    String trimmed = text.strip();
    return ID.matcher(trimmed).matches()
        ? new AsOf(null, UUID.fromString(trimmed))
        : new AsOf(time(trimmed, zone), null);
  }

  private static Instant time(String text, ZoneId zone) {
    String iso = text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
    try {
      return ZonedDateTime.parse(iso).toInstant();
    } catch (DateTimeException noZone) {
      try {
        return (iso.contains("T")
                ? LocalDateTime.parse(iso).atZone(zone)
                : LocalDate.parse(iso).atStartOfDay(zone))
            .toInstant();
      } catch (DateTimeException e) {
        throw new StowageException(
            ErrorCode.INVALID_REQUEST,
            "'"
                + text
                + "' is neither a time nor the id of a run: write 2026-11-23T08:00:00Z, or a date alone for its first moment; without a zone it is "
                + zone
                + " time",
            e);
      }
    }
  }

  /** As a sentence goes on that says what there is not: {@code by 2026-11-23T08:00:00Z}. */
  public String by() {
    return run == null ? "by " + at : "by the end of run '" + run + "'";
  }
}
