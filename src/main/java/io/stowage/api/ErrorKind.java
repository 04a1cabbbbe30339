package io.stowage.api;

import java.util.Locale;

/**
 * Who has to act on an error. Retry, log level, HTTP status and metric tag follow from the kind
 * alone.
 */
public enum ErrorKind {
  /**
   * The request or the configuration is wrong: never retried, since the same call fails the same
   * way.
   */
  CALLER,
  /** The author's code or data: retried only where the step's own policy says so. */
  ASSET,
  /**
   * A store, a database or the network for the moment: retried by the operation, then the step,
   * then the queue.
   */
  TRANSIENT,
  /** A fault of Stowage itself: retried by the queue. */
  INTERNAL;

  /** The kind in lower case, as it stands in JSON, in metric tags and in requests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
