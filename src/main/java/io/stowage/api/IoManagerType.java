package io.stowage.api;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an {@link IoManagerFactory}, and names the type by which configuration chooses it: {@code
 * stowage.io.crm.type=salesforce}.
 */
@Documented
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface IoManagerType {
  String value();

  /**
   * Whether its managers only load: they are then refused, when a worker starts, for assets that
   * are to be stored.
   */
  boolean loadOnly() default false;

  /**
   * Settings that no run request may override, beside those that an operator locks; endpoints and
   * credentials.
   */
  String[] locked() default {};
}
