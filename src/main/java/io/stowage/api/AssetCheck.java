package io.stowage.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AssetGroup} that looks at what was stored of an asset, and returns a
 * {@link CheckResult}.
 *
 * <p>It runs in each run that stores the asset, for each partition, after that was committed. Its
 * first parameter that is not an {@link AssetContext} is the value, loaded through the asset's IO
 * manager, whatever the parameter's name; {@link Input} on it may name another manager, or another
 * asset, and then it is an ordinary input. A check may do without the value. Further parameters are
 * inputs as an asset has them; a check waits for no other check. Its partitions are the asset's.
 *
 * <p>The result is recorded as an event of the run, {@code asset_checked}. Another attempt at the
 * run checks again what an earlier one had stored: the last result counts. Where an optional output
 * was not emitted, its checks are skipped.
 *
 * <pre>{@code
 * @AssetCheck(asset = "weather/monthly", blocking = true)
 * CheckResult rainIsMeasured(List<MonthSummary> months) {
 *   return CheckResult.of(months.stream().allMatch(month -> month.rain() >= 0)).with("months", months.size());
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AssetCheck {
  /** The whole key of the asset, which may be one of a multi-asset's. */
  String asset();

  /** The check's name, unique among those of the asset; the method's by default. */
  String name() default "";

  /**
   * Whether nothing downstream of the partition runs where the check does not pass with severity
   * {@code ERROR}, or throws. The run has then failed. Without it, nobody waits for the check.
   */
  boolean blocking() default false;

  String description() default "";

  /**
   * As {@link Asset#attempts}, where the check throws or its inputs cannot be loaded. A result is
   * never tried again.
   */
  int attempts() default 1;

  /** As {@link Asset#retryDelay}. */
  String retryDelay() default "PT1S";

  /** As {@link Asset#backoff}. */
  Backoff backoff() default Backoff.EXPONENTIAL;

  /** As {@link Asset#jitter}. */
  Jitter jitter() default Jitter.NONE;

  /** As {@link Asset#retryOn}. */
  ErrorKind[] retryOn() default {ErrorKind.ASSET, ErrorKind.TRANSIENT};
}
