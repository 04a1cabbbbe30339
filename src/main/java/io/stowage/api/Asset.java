package io.stowage.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link AssetGroup} that computes an asset.
 *
 * <p>The asset's key is the group's components and the method's name. A parameter named like an
 * asset is an input from that asset: looked up in its own group, then as a whole key. {@link Input}
 * says otherwise. A parameter of type {@link AssetContext} is told about the run.
 *
 * <p>The value that is returned is stored by the IO manager: a record, a list or a stream of
 * records, a map, a scalar, bytes; or an {@link Output} of these, which adds metadata. {@code void}
 * stores nothing, yet records a materialization; so does a {@link MaterializeResult}, for an author
 * who stored the value himself. A stream is stored as it is computed, and closed on every path.
 *
 * <p>The method runs on a virtual thread and may block.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Asset {
  /** The whole key, {@code a/b}, in place of group and method name. */
  String value() default "";

  /** The key of the IO manager that stores this asset; the group's by default. */
  String ioManager() default "";

  String description() default "";

  /** Words to select the asset by, {@code name} or {@code name=value}. */
  String[] tags() default {};

  /**
   * Constants of the definition, {@code label=text}: visible to IO managers in store, and in load
   * of what they stored.
   */
  String[] metadata() default {};

  /**
   * Options for this output alone, {@code name=value}, which the IO manager reads from its context.
   */
  String[] options() default {};

  /** Keys of assets that must be materialized before, whose values are not loaded. */
  String[] after() default {};

  /** How often a step is tried in all, counting the first time; 1 to 100. */
  int attempts() default 1;

  /** The pause before the second attempt: an ISO-8601 duration, at most a day. */
  String retryDelay() default "PT1S";

  /** How the later pauses grow from it. */
  Backoff backoff() default Backoff.EXPONENTIAL;

  /** What chance does to the pauses. */
  Jitter jitter() default Jitter.NONE;

  /**
   * Which failures are tried again: of the author's code or data, and of what was out of reach for
   * the moment. Others never are.
   */
  ErrorKind[] retryOn() default {ErrorKind.ASSET, ErrorKind.TRANSIENT};

  /**
   * Which changes of the type are let through, where the IO manager knows the schema of what is
   * stored.
   */
  SchemaPolicy schemaPolicy() default SchemaPolicy.BACKWARD;
}
