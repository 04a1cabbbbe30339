package io.stowage.protocol.http;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a caller shows the control plane, asked for at each call. */
@FunctionalInterface
public interface BearerToken {
  BearerToken NONE = Optional::empty;

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where the file that has it cannot be
   *     read
   */
  Optional<String> token();

  /** The given one, else what the file says at the time, else none. */
  static BearerToken of(Optional<String> token, Optional<Path> file) {
    if (token.isPresent() || file.isEmpty()) {
      return () -> token;
    }
    return () -> Optional.of(read(file.get()));
  }

  private static String read(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty() || token.lines().count() > 1) {
        throw new StowageException(
            ErrorCode.INVALID_CONFIGURATION,
            "'" + file + "' is to have one line, the token (stowage.control.token-file)");
      }
      return token;
    } catch (IOException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "cannot read the token in '" + file + "' (stowage.control.token-file): " + e.getMessage(),
          e);
    }
  }
}
