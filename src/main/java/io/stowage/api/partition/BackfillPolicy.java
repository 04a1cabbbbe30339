package io.stowage.api.partition;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how many partitions of an asset one run computes; without it, a backfill makes a run for
 * each.
 *
 * <p>A method that may compute several partitions is called once for all partitions of its run,
 * also where that is a single one: {@code context.partitions()} has their keys, {@code
 * context.window()} the time that they span, and inputs are loaded for all of them together, by
 * partition key or concatenated. It returns a {@code Map<String, T>} by partition key, in which a
 * value may be an {@code Output<T>} or, where a partition may be left out, an {@code Optional<T>};
 * or a {@code Stream} of {@link io.stowage.api.Partitioned} rows; or {@code void}. Each partition
 * is stored as an object of its own, and committed as soon as it is stored. A partition of the run
 * that is missing fails the step, as does one that was not asked for; another attempt is asked for
 * what is left only.
 *
 * <p>A backfill splits partitions that do not follow one another into runs of their own, so that
 * every run computes a range. A run that names several partitions itself is one call, however many.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BackfillPolicy {
  Type value() default Type.MULTI_RUN;

  /** For {@link Type#MULTI_RUN}: how many partitions, at most, a run of a backfill computes. */
  int maxPartitionsPerRun() default 1;

  /** Whether a range is computed by one run, or by several. */
  enum Type {
    SINGLE_RUN,
    MULTI_RUN
  }
}
