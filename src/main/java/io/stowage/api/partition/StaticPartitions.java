package io.stowage.api.partition;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Partitions that are written down here. Composes with the other annotations of partitions. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Repeatable(StaticPartitions.List.class)
public @interface StaticPartitions {
  /** The keys in their order, each once. */
  String[] value();

  /** The dimension's name; {@code key} where it is empty. */
  String dimension() default "";

  /** What the compiler makes of several, each a dimension of its own. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
  @interface List {
    StaticPartitions[] value();
  }
}
