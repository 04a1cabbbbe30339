package io.stowage.api;

/** How the pauses between attempts at a step grow, {@link Asset#backoff}. */
public enum Backoff {
  /** Each as long as the first. */
  CONSTANT,
  /** The second twice as long as the first, the third three times. */
  LINEAR,
  /** Each twice as long as the one before; from the eleventh on as long as that. */
  EXPONENTIAL
}
