package io.stowage.store.s3;

import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.PercentEncoding;
import io.stowage.store.WriteOptions;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An object's headers. Metadata may be any text, and is percent-encoded: a header is ASCII without
 * blanks at its ends.
 */
final class S3Headers {
  private static final String METADATA = "x-amz-meta-";

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
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(METADATA)) {
        metadata.put(
            lower.substring(METADATA.length()),
            PercentEncoding.decode(Objects.requireNonNull(headers.get(name))));
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
      return date == null
          ? Instant.now()
          : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException _) {
      return Instant.now();
    }
  }
}
