package io.stowage.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AssetGroup} that computes several assets at once. It returns a
 * record, each component of which is one of the assets: keyed by the group's components and the
 * component's name, of the component's type. {@link AssetOut} on a component says another manager
 * or key. A component of type {@code Optional<T>} is the asset {@code T}, which the method may
 * leave out: nothing is stored or recorded then, and what needs it is skipped.
 *
 * <p>Each asset is stored and committed by itself, in the record's order. A component of type
 * {@code Supplier<T>} is asked for its value only then, so that the assets are emitted one by one,
 * each when it is ready; another attempt does not ask for what was committed.
 *
 * <pre>{@code
 * record Extremes(@AssetOut(ioManager = "lake") List<Day> hottest, @AssetOut(ioManager = "tables") List<Day> wettest) {}
 *
 * @MultiAsset
 * Extremes extremes(Stream<Observation> observations) { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MultiAsset {
  /**
   * The step's name; the group's components and the method's name by default. It is not an asset's
   * key.
   */
  String value() default "";

  /** The manager of the outputs that name none themselves; the group's by default. */
  String ioManager() default "";

  String description() default "";

  String[] tags() default {};

  /** Keys of assets that must be materialized before, whose values are not loaded. */
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
