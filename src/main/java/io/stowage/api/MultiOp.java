package io.stowage.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an {@link Op} with several outputs: it returns a record, each component of which is one of
 * them, and is what parameters of other ops name. {@link OpOut} on a component says another
 * manager.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MultiOp {
  /** The manager of the outputs that name none themselves; the job's by default. */
  String ioManager() default "";

  String description() default "";

  /** As {@link Asset#tags}. */
  String[] tags() default {};

  /** As {@link Op#after}. */
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
