package io.stowage.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says more about one output of a {@link MultiOp}: stands on a component of its record. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OpOut {
  /** The key of the IO manager that stores this output. */
  String ioManager() default "";

  String description() default "";

  /** As {@link Asset#metadata}. */
  String[] metadata() default {};

  /** As {@link Asset#options}. */
  String[] options() default {};
}
