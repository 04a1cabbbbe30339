package io.stowage.api;

/**
 * What chance does to the pauses between attempts at a step, {@link Asset#jitter}: steps that
 * failed together, as of a service that was away, do not come back together.
 */
public enum Jitter {
  /** Nothing. */
  NONE,
  /** Each is anything from zero to what it would be. */
  FULL,
  /** Each is longer or shorter by up to the {@linkplain Asset#retryDelay first pause}. */
  PLUS_MINUS
}
