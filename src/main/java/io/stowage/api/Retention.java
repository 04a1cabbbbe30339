package io.stowage.api;

import java.time.Duration;

/**
 * What a sweep leaves of what was replaced. An object may go only if it is both beyond the last so
 * many of its asset and partition, and older than the age. What is current never goes.
 *
 * @param keep how many stay, the current one included; at least 1
 * @param age what is younger stays; zero for none
 */
public record Retention(int keep, Duration age) {
  /** The last three, however old. */
  public static final Retention DEFAULT = new Retention(3, Duration.ZERO);

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where one of them cannot be
   */
  public Retention {
    if (keep < 1) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "retention.keep is " + keep + ", but the current materialization always stays");
    }
    if (age.isNegative()) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION, "retention.age is " + age + ", which is below zero");
    }
  }
}
