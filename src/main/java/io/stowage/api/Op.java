package io.stowage.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a {@link Job} that computes a value of the run, which is no asset: it is stored
 * by its IO manager below the run, so that each run of the job keeps its own.
 *
 * <p>A parameter named like another op of the job is an input from that op; one named like an asset
 * is an input from that asset; {@link Input} says otherwise. Types, contexts and failures are as in
 * {@link Asset}. An {@code Optional<T>} may be left out: what needs it is skipped then.
 *
 * <p>A {@code List} or {@code Stream} of {@link DynamicOutput} is as many values as the op emits,
 * each stored and committed as soon as it is there. An op that takes one such value is called for
 * each of them, side by side; one that takes a {@code List<T>} or a {@code Map<String, T>} by
 * mapping key is called once with all.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Op {
  /** The key of the IO manager that stores the value; the job's by default. */
  String ioManager() default "";

  String description() default "";

  /** As {@link Asset#tags}. */
  String[] tags() default {};

  /** As {@link Asset#metadata}. */
  String[] metadata() default {};

  /** As {@link Asset#options}. */
  String[] options() default {};

  /** Ops of the job, or assets, that must have ended before, whose values are not loaded. */
  String[] after() default {};

  /** As {@link Asset#attempts}. */
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
