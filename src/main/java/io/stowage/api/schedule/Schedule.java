package io.stowage.api.schedule;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has an asset, a multi-asset or a job be run by the clock: on the method that computes the asset,
 * or on the class of the job. Each tick submits one run, and no more than one, however many control
 * planes there are.
 *
 * <p>Where there are partitions of time, a tick runs the last window that is a partition at that
 * time: the one that ended last. Of several dimensions it runs that window for each key of the
 * others; where there is no dimension of time, all partitions.
 *
 * <p>A schedule begins with the first tick after the catalog that has it was registered, and stops
 * with the catalog that has it no more. An operator can pause and resume it.
 *
 * <pre>{@code
 * @Asset
 * @DailyPartitions(start = "2026-01-01")
 * @Schedule(cron = "0 6 * * *", zone = "Europe/Zurich", catchUp = CatchUp.ALL)
 * Stream<Order> orders(AssetContext context) { … }   // at six, yesterday's
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Schedule {
  /**
   * Minute, hour, day of the month, month, day of the week, as in a crontab, or {@code @daily} and
   * the like. On a day whose clock is set forward, a time that is left out ticks at the change; on
   * one whose clock is set back, a time that is there twice ticks the first time. Where the hour is
   * any hour, it ticks whenever the clock shows it.
   */
  String cron();

  /** On whose clock, such as {@code Europe/Zurich}; UTC where it is empty. */
  String zone() default "";

  /** What becomes of missed ticks. */
  CatchUp catchUp() default CatchUp.LAST;

  /** Of {@link CatchUp#ALL}: how many of the last missed ticks are run at most, 1 to 1,000. */
  int maxCatchUp() default 100;

  /** Whether a tick of an asset also runs all assets that it is computed from, as {@code *key}. */
  boolean upstream() default false;
}
