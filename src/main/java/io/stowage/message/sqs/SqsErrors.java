package io.stowage.message.sqs;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Says what the SDK throws in our words. */
final class SqsErrors {
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;
  private static final String NO_CREDENTIALS = "Unable to load credentials";

  private SqsErrors() {}

  static <T> T translated(String what, SqsAddress queue, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw translated("cannot " + what + " queue '" + queue + "'", e);
    }
  }

  private static StowageException translated(String what, SdkException e) {
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      return new StowageException(ErrorCode.CANCELED, what + ": interrupted", e);
    }
    if (e instanceof QueueDoesNotExistException) {
      return new StowageException(
          ErrorCode.INVALID_CONFIGURATION, what + ": there is no such queue", e);
    }
    if (String.valueOf(e.getMessage()).startsWith(NO_CREDENTIALS)) {
      return new StowageException(
          ErrorCode.ACCESS_DENIED,
          what
              + ": there are no credentials: set stowage.queue.access-key and .secret-key, the environment variables of AWS, or a role",
          e);
    }
    if (e instanceof AwsServiceException refused
        && (refused.statusCode() == FORBIDDEN || refused.statusCode() == UNAUTHORIZED)) {
      return new StowageException(
          ErrorCode.ACCESS_DENIED, what + ": access denied: " + told(refused), e);
    }
    return new StowageException(ErrorCode.UNAVAILABLE, what + ": " + told(e), e);
  }

  private static String told(SdkException e) {
    return e instanceof AwsServiceException service && service.awsErrorDetails() != null
        ? service.awsErrorDetails().errorCode() + ", " + service.awsErrorDetails().errorMessage()
        : String.valueOf(e.getMessage());
  }
}
