package io.stowage.store.s3;

import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.PercentEncoding;
import io.stowage.store.WriteOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An object's headers. Metadata may be any text, and is percent-encoded: a header is ASCII without
 * blanks at its ends.
 */
final class S3Headers {
  private static final String METADATA = "x-amz-meta-";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int LENGTH = "Sun, 06 Nov 1994 08:49:37 GMT".length();

  private S3Headers() {}

  static Map<String, String> metadata(WriteOptions options) {
    var headers = new HashMap<String, String>();
    options
        .metadata()
        .forEach((name, value) -> headers.put(METADATA + name, PercentEncoding.header(value)));
    return headers;
  }

  /** Goes with the request that makes the object visible: a put, or the completion of an upload. */
  static Map<String, String> condition(WriteOptions options) {
    return switch (options.mode()) {
      case MUST_NOT_EXIST -> Map.of("If-None-Match", "*");
      case OVERWRITE -> Map.of();
    };
  }

  /** From the answer to a get or a head. */
  static ObjectInfo info(ObjectKey key, Headers headers) {
    var metadata = new HashMap<String, String>();
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (name.regionMatches(true, 0, METADATA, 0, METADATA.length())) {
        metadata.put(
            name.substring(METADATA.length()).toLowerCase(Locale.ROOT),
            PercentEncoding.decode(headers.value(i)));
      }
    }
    String size = headers.get("Content-Length");
    return new ObjectInfo(
        key,
        size == null ? 0 : Long.parseLong(size),
        etag(headers.get("ETag")),
        headers.get("x-amz-version-id"),
        instant(headers.get("Last-Modified")),
        metadata,
        null);
  }

  static String etag(@Nullable String quoted) {
    return quoted == null ? "" : quoted.replace("\"", "");
  }

  /** The time of a header, or now: the answer to a put has the server's date, mostly. */
  static Instant instant(@Nullable String date) {
    try {
      return date == null ? Instant.now() : parsed(date);
    } catch (DateTimeException | NumberFormatException _) {
      return Instant.now();
    }
  }

  /**
   * {@code Sun, 06 Nov 1994 08:49:37 GMT}, the one form of RFC 9110 that is sent. Taken apart by
   * its positions: a formatter is slower than all else that is read of a small object's headers.
   */
  private static Instant parsed(String date) {
    int month = date.length() == LENGTH ? MONTHS.indexOf(date.substring(8, 11)) : -1;
    if (month < 0 || month % 3 != 0 || !date.endsWith(" GMT")) {
      return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
    return LocalDateTime.of(
            number(date, 12, 16),
            1 + month / 3,
            number(date, 5, 7),
            number(date, 17, 19),
            number(date, 20, 22),
            number(date, 23, 25))
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String date, int from, int to) {
    return Integer.parseInt(date, from, to, 10);
  }
}
