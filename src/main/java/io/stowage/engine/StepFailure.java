package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.RetryRequested;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step could not go on: in which phase, and why. */
final class StepFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CAUSES = 20;

  private final ErrorCode code;
  private final transient Map<String, MetadataValue> metadata;
  private boolean lasting;

  /**
   * @param phase {@code load 'x'}, {@code compute}, {@code store 'result'}
   */
  StepFailure(String phase, Throwable cause) {
    this(phase, cause, Map.of());
  }

  /**
   * @param metadata that the manager had added before it failed
   */
  StepFailure(String phase, Throwable cause, Map<String, MetadataValue> metadata) {
    super(phase + ": " + said(cause), cause);
    this.code = cause instanceof StowageException told ? told.code() : ErrorCode.ASSET_FAILED;
    this.metadata = metadata;
  }

  private static String said(Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof StowageException && message != null ? message : cause.toString();
  }

  ErrorCode code() {
    return code;
  }

  ErrorKind kind() {
    return code.kind();
  }

  /** This failure as one that another attempt would only hide. */
  StepFailure lasting() {
    lasting = true;
    return this;
  }

  /** Whether another attempt may be better. */
  boolean mayPass() {
    return switch (kind()) {
      case ASSET, TRANSIENT -> !lasting;
      case CALLER, INTERNAL -> false;
    };
  }

  Map<String, MetadataValue> metadata() {
    return metadata;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  /**
   * Messages of the causes, from the outermost to the root, each with where the author's code was.
   */
  List<String> causes() {
    return causes(getCause());
  }

  static List<String> causes(@Nullable Throwable first) {
    var causes = new ArrayList<String>();
    @Nullable Throwable cause = first;
    while (cause != null && causes.size() < MOST_CAUSES) {
      var frames = cause.getStackTrace();
      causes.add(frames.length == 0 ? cause.toString() : cause + " at " + frames[0]);
      cause = cause.getCause();
    }
    return causes;
  }

  Optional<Duration> retryAfter() {
    return getCause() instanceof RetryRequested asked
        ? Optional.of(asked.delay())
        : Optional.empty();
  }
}
