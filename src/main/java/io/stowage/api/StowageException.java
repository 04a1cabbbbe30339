package io.stowage.api;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that Stowage throws. Its message is for people: what failed, on what, and what
 * happens now; values stand in single quotes, and there is no full stop. Its {@linkplain #code
 * code} is for programs.
 */
public class StowageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public StowageException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public StowageException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  public ErrorKind kind() {
    return code.kind();
  }
}
