package io.stowage.message.sqs;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a queue is: its URL, or its name, by which the service is asked for the URL.
 *
 * @param url null where the name alone is known
 * @param account that owns the queue; null for the caller's own
 */
record SqsAddress(@Nullable URI url, @Nullable String account, String name) {
  private static final Pattern NAMED =
      Pattern.compile("sqs://(?:(?<account>\\d{12})/)?(?<name>[^/?#@]+)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final Pattern REGION =
      Pattern.compile(
          "(?:^|\\.)(?:sqs(?:-fips)?\\.(?<region>[a-z0-9-]+)\\.(?:vpce\\.)?amazonaws\\.com(?:\\.cn)?"
              + "|(?<legacy>[a-z0-9-]+)\\.queue\\.amazonaws\\.com)$");

  /**
   * @param setting that says so, to name it
   * @throws StowageException {@code INVALID_CONFIGURATION}
   */
  static SqsAddress parse(String setting, String text) {
    Matcher named = NAMED.matcher(text);
    if (named.matches()) {
      return new SqsAddress(null, named.group("account"), named(setting, named.group("name")));
    }
    URI url = url(setting, text);
    return new SqsAddress(
        url, null, named(setting, url.getPath().substring(url.getPath().lastIndexOf('/') + 1)));
  }

  private static URI url(String setting, String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw refused(setting, text);
    }
    String scheme = String.valueOf(url.getScheme());
    if (url.getRawUserInfo() != null) {
      throw invalid(
          setting, "bears credentials: they are stowage.queue.access-key and .secret-key");
    }
    if (!scheme.equals("https") && !scheme.equals("http")
        || url.getHost() == null
        || url.getQuery() != null
        || url.getFragment() != null) {
      throw refused(setting, text);
    }
    return url;
  }

  private static String named(String setting, String name) {
    if (name.endsWith(".fifo")) {
      throw invalid(
          setting,
          "names a FIFO queue, '%s': it is to be a standard one, since ids of runs come in any order and again"
              .formatted(name));
    }
    if (!NAME.matcher(name).matches()) {
      throw invalid(
          setting,
          "ends with '%s', which is no queue's name: letters, digits, - and _, at most 80"
              .formatted(name));
    }
    return name;
  }

  private static StowageException refused(String setting, String text) {
    return invalid(
        setting,
        "is '%s', but a queue is sqs://<name>, sqs://<account>/<name>, or its URL, https://…"
            .formatted(text));
  }

  private static StowageException invalid(String setting, String what) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, setting + " " + what);
  }

  /** The service that has the queue, as its URL tells. */
  Optional<URI> endpoint() {
    return Optional.ofNullable(url)
        .map(at -> URI.create(at.getScheme() + "://" + at.getRawAuthority()));
  }

  /** As the URL tells; empty for a service that is not Amazon's, and for a name. */
  Optional<String> region() {
    return Optional.ofNullable(url)
        .map(at -> REGION.matcher(at.getHost()))
        .filter(Matcher::find)
        .map(
            found -> found.group("region") == null ? found.group("legacy") : found.group("region"));
  }

  @Override
  public String toString() {
    return url == null ? "sqs://" + (account == null ? "" : account + "/") + name : url.toString();
  }
}
