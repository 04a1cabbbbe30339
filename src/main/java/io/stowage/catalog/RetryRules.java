package io.stowage.catalog;

import io.stowage.api.Backoff;
import io.stowage.api.ErrorKind;
import io.stowage.api.Jitter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which failures of a step are tried again, and how long the pauses between are, beside the first.
 */
public record RetryRules(Backoff backoff, Jitter jitter, Set<ErrorKind> on) {
  /** What another attempt may be better at. */
  private static final Set<ErrorKind> PASSING = Set.of(ErrorKind.ASSET, ErrorKind.TRANSIENT);

  public static final RetryRules DEFAULT =
      new RetryRules(Backoff.EXPONENTIAL, Jitter.NONE, PASSING);

  public RetryRules {
    on = Set.copyOf(on);
  }

  /** As text, which {@link #kinds} reads. */
  String onText() {
    return on.stream().map(ErrorKind::name).sorted().collect(Collectors.joining(","));
  }

  static Set<ErrorKind> kinds(String text) {
    return Arrays.stream(text.split(",", -1)).map(ErrorKind::valueOf).collect(Collectors.toSet());
  }

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
    RetryRules rules = declaration.retryRules();
    String where = declaration.method() + ": ";
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      return Optional.of(where + "attempts is " + attempts + ", not 1 to " + MOST_ATTEMPTS);
    }
    if (first.isNegative() || first.compareTo(Duration.ofDays(1)) > 0) {
      return Optional.of(where + "retryDelay is " + first + ", not zero to a day");
    }
    for (ErrorKind kind : rules.on) {
      if (!PASSING.contains(kind)) {
        return Optional.of(
            where + "retryOn names " + kind + ", but such a failure is the same at each attempt");
      }
    }
    if (rules.on.isEmpty()) {
      return Optional.of(where + "retryOn names no failure: leave attempts out instead");
    }
    if (attempts == 1 && !rules.equals(DEFAULT)) {
      return Optional.of(
          where + "it says when there is another attempt, but has one alone: give attempts");
    }
    if (first.isZero() && rules.jitter != Jitter.NONE) {
      return Optional.of(
          where + "jitter is " + rules.jitter + ", but there is no pause: give a retryDelay");
    }
    return Optional.empty();
  }
}
