package io.stowage.catalog;

import io.stowage.api.Backoff;
import io.stowage.api.Jitter;
import java.time.Duration;
import java.util.Optional;

/** How long the pauses between attempts at a step are, beside the first. */
public record RetryPauses(Backoff backoff, Jitter jitter) {
  public static final RetryPauses DEFAULT = new RetryPauses(Backoff.EXPONENTIAL, Jitter.NONE);

  private static final int MOST_ATTEMPTS = 100;
  private static final int MOST_DOUBLINGS = 10;

  /**
   * The pause after an attempt.
   *
   * @param first the pause after the first, without chance
   * @param attempt that failed, from 1
   * @param random from 0, and below 1
   */
  public Duration after(int attempt, Duration first, double random) {
    Duration whole =
        switch (backoff) {
          case CONSTANT -> first;
          case LINEAR -> first.multipliedBy(attempt);
          case EXPONENTIAL -> first.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
        };
    return switch (jitter) {
      case NONE -> whole;
      case FULL -> part(whole, random);
      case PLUS_MINUS -> whole.minus(first).plus(part(first.multipliedBy(2), random));
    };
  }

  private static Duration part(Duration whole, double random) {
    return Duration.ofMillis((long) (whole.toMillis() * random));
  }

  /** What is wrong with how the step is tried again. */
  static Optional<String> fault(AssetDeclaration declaration) {
    int attempts = declaration.attempts();
    Duration first = declaration.retryDelay();
    RetryPauses pauses = declaration.retryPauses();
    String where = declaration.method() + ": ";
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      return Optional.of(where + "attempts is " + attempts + ", not 1 to " + MOST_ATTEMPTS);
    }
    if (first.isNegative() || first.compareTo(Duration.ofDays(1)) > 0) {
      return Optional.of(where + "retryDelay is " + first + ", not zero to a day");
    }
    if (attempts == 1 && !pauses.equals(DEFAULT)) {
      return Optional.of(
          where + "it says how to wait for another attempt, but has one alone: give attempts");
    }
    if (first.isZero() && pauses.jitter != Jitter.NONE) {
      return Optional.of(
          where + "jitter is " + pauses.jitter + ", but there is no pause: give a retryDelay");
    }
    return Optional.empty();
  }
}
