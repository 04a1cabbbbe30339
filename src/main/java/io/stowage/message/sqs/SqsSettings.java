package io.stowage.message.sqs;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How queues are reached.
 *
 * @param endpoint the service; null where a queue's URL tells, or for Amazon's own
 * @param region null where a queue's URL tells, or the environment
 * @param keys null where the environment, a profile or a role has them
 * @param visibility how long a message that was received is hidden from others
 */
public record SqsSettings(
    @Nullable URI endpoint, @Nullable String region, @Nullable Keys keys, Duration visibility) {
  private static final Duration LONGEST = Duration.ofHours(12);

  public SqsSettings {
    if (visibility.toSeconds() < 1 || visibility.compareTo(LONGEST) > 0) {
      throw invalid("stowage.queue.visibility is " + visibility + ", but is to be 1s to 12h");
    }
    if (endpoint != null && (endpoint.getHost() == null || endpoint.getRawUserInfo() != null)) {
      throw invalid("stowage.queue.endpoint is to be an address without credentials, https://…");
    }
  }

  /** A pair of keys. */
  public record Keys(String access, String secret) {
    /**
     * @throws StowageException {@code INVALID_CONFIGURATION} where one is given alone
     */
    public static @Nullable Keys of(@Nullable String access, @Nullable String secret) {
      if ((access == null) != (secret == null)) {
        throw invalid(
            "stowage.queue.access-key and stowage.queue.secret-key are to be set together");
      }
      return access == null || secret == null ? null : new Keys(access, secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return access;
    }
  }

  private static StowageException invalid(String what) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, what);
  }
}
