package io.stowage.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class whose methods compute assets. The class may be package-private; one instance serves
 * all runs, so its methods must bear being called from several threads at once.
 */
@Documented
@Stereotype
@ApplicationScoped
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AssetGroup {
  /**
   * Components that stand before each method's name in its asset's key, {@code weather} or {@code
   * a/b}; none by default.
   */
  String value() default "";

  /** The queue whose workers run these assets. */
  String queue() default "default";

  /** The IO manager key of the assets that name none themselves. */
  String ioManager() default "default";
}
