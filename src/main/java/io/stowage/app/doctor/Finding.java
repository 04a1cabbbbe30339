package io.stowage.app.doctor;

import io.stowage.api.ErrorKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one thing.
 *
 * @param subject {@code store 'default'}
 * @param advice what to do about it; null where there is nothing to do
 * @param kind of a failure: whether somebody has to change something, or it is out of reach
 */
public record Finding(
    Level level,
    String subject,
    String message,
    @Nullable String advice,
    @Nullable ErrorKind kind) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** Not looked at, since it is not here. */
    SKIP,
    /** It works, but something is not as it should be. */
    WARN,
    FAIL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
