package io.stowage.api.partition;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A partition from each time that a cron expression fires to the next. Composes with the other
 * annotations of partitions.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface CronPartitions {
  /** Minute, hour, day of the month, month, day of the week, as in a crontab. */
  String value();

  /**
   * The first window begins then or later: {@code 2012}, {@code 2012-01}, {@code 2012-01-31},
   * {@code 2012-01-31T06:00}.
   */
  String start();

  /** No window ends after it; written as the start. Endless where it is empty. */
  String end() default "";

  /** On whose clock windows begin, such as {@code Europe/Vienna}; UTC where it is empty. */
  String zone() default "";

  /** The pattern that keys are written by; {@code yyyy-MM-dd-HH:mm} where it is empty. */
  String format() default "";

  /**
   * How many windows beyond the last complete one are partitions too; where negative, how many
   * fewer.
   */
  int endOffset() default 0;

  /** The dimension's name; {@code date} where it is empty. */
  String dimension() default "";
}
