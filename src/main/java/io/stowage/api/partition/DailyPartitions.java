package io.stowage.api.partition;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A partition for each day. Composes with the other annotations of partitions. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface DailyPartitions {
  /**
   * The first window begins then or later: {@code 2012}, {@code 2012-01}, {@code 2012-01-31},
   * {@code 2012-01-31T06:00}.
   */
  String start();

  /** No window ends after it; written as the start. Endless where it is empty. */
  String end() default "";

  /** On whose clock windows begin, such as {@code Europe/Vienna}; UTC where it is empty. */
  String zone() default "";

  /** The pattern that keys are written by; {@code yyyy-MM-dd} where it is empty. */
  String format() default "";

  /**
   * How many windows beyond the last complete one are partitions too; where negative, how many
   * fewer.
   */
  int endOffset() default 0;

  /** The dimension's name; {@code date} where it is empty. */
  String dimension() default "";

  /** At which hour of the day a window begins, 0 to 23. */
  int hourOffset() default 0;

  /** At which minute of the hour a window begins, 0 to 59. */
  int minuteOffset() default 0;
}
