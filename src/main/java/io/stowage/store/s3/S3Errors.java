package io.stowage.store.s3;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** Makes the errors of S3 servers, of the MinIO client and of HTTP into ours. */
final class S3Errors {
  private record Problem(ErrorCode code, String why) {}

  private final String store;
  private final String endpoint;
  private final String bucket;
  private final String region;

  S3Errors(String store, String endpoint, String bucket, String region) {
    this.store = store;
    this.endpoint = endpoint;
    this.bucket = bucket;
    this.region = region;
  }

  /**
   * @param what the beginning of the message: {@code cannot read 'a/b'}
   */
  StowageException translate(String what, Throwable e) {
    if (e instanceof StowageException ours) {
      return ours;
    }
    if ((e instanceof ExecutionException || e instanceof CompletionException)
        && e.getCause() != null) {
      return translate(what, e.getCause());
    }
    var problem = problem(e);
    return new StowageException(
        problem.code,
        "%s: store '%s', bucket '%s' at '%s': %s"
            .formatted(what, store, bucket, endpoint, problem.why),
        e);
  }

  private Problem problem(Throwable e) {
    return switch (e) {
      case ErrorResponseException answer ->
          answered(
              answer.errorResponse().code(),
              answer.response().code(),
              answer.errorResponse().message());
      case ServerException server ->
          new Problem(
              ErrorCode.UNAVAILABLE,
              "the server answered with HTTP status %d".formatted(server.statusCode()));
      case MinioException _ ->
          new Problem(
              ErrorCode.UNAVAILABLE, "the answer is not that of an S3 server: " + firstLine(e));
      case SSLException _ ->
          new Problem(
              ErrorCode.INVALID_CONFIGURATION,
              "no secure connection; see to the endpoint's scheme and certificate: "
                  + firstLine(e));
      case IOException _ ->
          new Problem(
              ErrorCode.UNAVAILABLE,
              "the server cannot be reached or fell silent: " + firstLine(e));
      case ProviderException _ ->
          new Problem(
              ErrorCode.ACCESS_DENIED,
              "no credentials; set access-key and secret-key, or see to the environment: "
                  + firstLine(e));
      case IllegalArgumentException _ -> new Problem(ErrorCode.INVALID_CONFIGURATION, firstLine(e));
      case GeneralSecurityException _ ->
          new Problem(ErrorCode.INTERNAL_ERROR, "the request cannot be signed: " + firstLine(e));
      default -> new Problem(ErrorCode.INTERNAL_ERROR, firstLine(e));
    };
  }

  private Problem answered(String s3Code, int status, String message) {
    return switch (s3Code == null ? "" : s3Code) {
      case "NoSuchBucket" ->
          new Problem(
              ErrorCode.STORE_MISSING,
              "there is no such bucket; create it, correct bucket, or set create-bucket=true");
      case "NoSuchKey", "NoSuchVersion", "NoSuchUpload" ->
          new Problem(ErrorCode.NOT_FOUND, "there is no such object");
      case "PreconditionFailed" ->
          new Problem(ErrorCode.ALREADY_EXISTS, "there is such an object already");
      case "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidTokenId",
          "ExpiredToken",
          "InvalidToken" ->
          new Problem(
              ErrorCode.ACCESS_DENIED,
              "wrong credentials; check access-key and secret-key (%s)".formatted(s3Code));
      case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
          new Problem(
              ErrorCode.ACCESS_DENIED,
              "access denied; check the credentials, and that they may list, get, put and delete objects here");
      case "RequestTimeTooSkewed" ->
          new Problem(
              ErrorCode.ACCESS_DENIED, "this machine's clock differs too much from the server's");
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          new Problem(
              ErrorCode.INVALID_CONFIGURATION,
              "the bucket is not in region '%s'; correct region or endpoint".formatted(region));
      case "KeyTooLongError",
          "XMinioInvalidObjectName",
          "XMinioParentIsObject",
          "XMinioObjectExistsAsDirectory" ->
          new Problem(ErrorCode.INVALID_KEY, "the server cannot have such an object: " + message);
      case "SlowDown",
          "RequestTimeout",
          "ConditionalRequestConflict",
          "OperationAborted",
          "BadDigest",
          "IncompleteBody" ->
          new Problem(ErrorCode.UNAVAILABLE, "the server asks to try again (%s)".formatted(s3Code));
      default -> byStatus(s3Code, status, message);
    };
  }

  private static Problem byStatus(String s3Code, int status, String message) {
    var shown = "the server answered %d %s: %s".formatted(status, s3Code, message);
    return switch (status) {
      case 401, 403 -> new Problem(ErrorCode.ACCESS_DENIED, shown);
      case 404 -> new Problem(ErrorCode.NOT_FOUND, shown);
      case 408, 409, 425, 429 -> new Problem(ErrorCode.UNAVAILABLE, shown);
      case 412 -> new Problem(ErrorCode.ALREADY_EXISTS, shown);
      default ->
          new Problem(status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL_ERROR, shown);
    };
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
