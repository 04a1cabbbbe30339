package io.stowage.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class whose methods are the {@link Op}s of a job: they are wired by the names of their
 * parameters, and run together. Annotations of partitions on the class are the job's: each run is
 * about one of them, which the ops are told.
 *
 * <pre>{@code
 * @Job(ioManager = "scratch")
 * class Almanac {
 *   @Op
 *   Stream<DynamicOutput<List<Observation>>> cities(Stream<Observation> observations) { … }
 *
 *   @Op
 *   Summary summary(List<Observation> cities) { … }     // once for each city
 *
 *   @Op(ioManager = "report")
 *   List<Summary> ranking(List<Summary> summary) { … }  // all of them
 * }
 * }</pre>
 *
 * <p>The class may be package-private; one instance serves all runs, so its methods must bear being
 * called from several threads at once.
 */
@Documented
@Stereotype
@ApplicationScoped
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Job {
  /**
   * The job's name, {@code almanac} or {@code a/b}; by default the class's, its first letter small.
   */
  String value() default "";

  /** The queue whose workers run it. */
  String queue() default "default";

  /** The IO manager key of the ops that name none themselves. */
  String ioManager() default "default";

  String description() default "";
}
