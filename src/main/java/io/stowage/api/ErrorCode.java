package io.stowage.api;

import static io.stowage.api.ErrorKind.ASSET;
import static io.stowage.api.ErrorKind.CALLER;
import static io.stowage.api.ErrorKind.INTERNAL;
import static io.stowage.api.ErrorKind.TRANSIENT;

import java.util.Locale;

/**
 * What went wrong, as a word for programs. Each code has a {@linkplain #kind kind} and an
 * {@linkplain #status HTTP status}.
 */
public enum ErrorCode {
  INVALID_REQUEST(CALLER, 400),
  INVALID_CONFIGURATION(CALLER, 422),
  INVALID_KEY(CALLER, 422),
  UNAUTHENTICATED(CALLER, 401),
  FORBIDDEN(CALLER, 403),
  NOT_FOUND(CALLER, 404),
  UNKNOWN_ASSET(CALLER, 422),
  UNKNOWN_PARTITION(CALLER, 422),
  UNKNOWN_MANAGER(CALLER, 422),
  UNKNOWN_SETTING(CALLER, 422),
  LOCKED_SETTING(CALLER, 422),
  CONFLICT(CALLER, 409),
  IDEMPOTENCY_KEY_REUSED(CALLER, 422),
  DUPLICATE(CALLER, 409),
  LEASE_LOST(CALLER, 409),
  /** A newer run has stored what this one was to store: the step ends as superseded. */
  SUPERSEDED(CALLER, 409),
  SESSION_GONE(CALLER, 410),
  PAYLOAD_TOO_LARGE(CALLER, 413),
  UPGRADE_REQUIRED(CALLER, 426),
  QUEUE_FULL(CALLER, 429),
  /** So much of one caller is under way already that no more is taken; later it is. */
  TOO_MANY_REQUESTS(TRANSIENT, 429),
  /** The queue is being drained: it takes no runs. */
  QUEUE_DRAINING(CALLER, 409),
  /** The object or partition that an input needs was never stored, or is gone. */
  NOT_MATERIALIZED(ASSET, 404),
  /** A store's object with that key exists already, and must not. */
  ALREADY_EXISTS(CALLER, 409),
  /** The method of an asset threw. */
  ASSET_FAILED(ASSET, 500),
  /** A value does not have the declared type, or a manager cannot store or load it. */
  TYPE_MISMATCH(ASSET, 500),
  /**
   * Stored data cannot be read as the declared type: a bad row, an incompatible schema, a wrong
   * checksum.
   */
  BAD_DATA(ASSET, 500),
  /** A blocking check of an asset did not pass. */
  CHECK_FAILED(ASSET, 500),
  /** An asset's type changed in a way that its schema policy refuses. */
  INCOMPATIBLE_SCHEMA(CALLER, 422),
  /** Stopped by an operator or because a worker drains. */
  CANCELED(CALLER, 409),
  TIMED_OUT(ASSET, 500),
  ACCESS_DENIED(CALLER, 403),
  /** A bucket, folder or database that the configuration names is not there. */
  STORE_MISSING(CALLER, 422),
  UNAVAILABLE(TRANSIENT, 503),
  INTERNAL_ERROR(INTERNAL, 500);

  private final ErrorKind kind;
  private final int status;

  ErrorCode(ErrorKind kind, int status) {
    this.kind = kind;
    this.status = status;
  }

  public ErrorKind kind() {
    return kind;
  }

  /** The status of an HTTP answer that bears this code. */
  public int status() {
    return status;
  }

  /** The code in lower case, as it stands in JSON and in metric tags: {@code unknown_asset}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
