package io.stowage.api.partition;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a definition that code makes. On a method without parameters that returns a {@link
 * PartitionsDefinition}: this is the definition of that name, which a worker asks for once, when it
 * starts. On an asset's method: the asset has that definition.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Partitions {
  /** The definition's name. */
  String value();
}
