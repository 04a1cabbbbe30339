package io.stowage.api;

import io.stowage.api.partition.CustomPartitionMapping;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says more about one parameter of an asset's method than its name does. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Input {
  /** The whole key of the asset to load, in place of the parameter's name. */
  String value() default "";

  /**
   * The whole keys of several assets, in place of one: the parameter is a {@code List<T>} of their
   * values in this order, or a {@code Map<String, T>} by asset key. Each is loaded as a {@code T}
   * by the manager that stored it, with the mapping and the options that are said here.
   */
  String[] assets() default {};

  /**
   * The key of the IO manager or input manager that loads this input, in place of the one that
   * stored it. With a manager, the key may be of an asset that nobody here computes: an external
   * asset.
   */
  String manager() default "";

  /** Options for this input alone, {@code name=value}, which the manager reads from its context. */
  String[] options() default {};

  /** Constants, {@code label=text}, which the manager reads from its context. */
  String[] metadata() default {};

  /** Only the order matters: nothing is loaded, and the parameter gets null, a primitive zero. */
  boolean orderOnly() default false;

  /** A partition that is not there is left out, with a warning, in place of a failure. */
  boolean allowMissingPartitions() default false;

  /** How partitions of the input follow from those of the asset. */
  Mapping mapping() default Mapping.AUTOMATIC;

  /**
   * For {@link Mapping#TIME_WINDOWS}: how many windows before the asset's own the first one lies;
   * not above 0.
   */
  int startOffset() default 0;

  /**
   * For {@link Mapping#TIME_WINDOWS}: how many windows after the asset's own the last one lies; may
   * be negative.
   */
  int endOffset() default 0;

  /**
   * For {@link Mapping#SPECIFIC}: the partitions, as text. For {@link Mapping#STATIC}: pairs,
   * {@code asset's key=input's key}; a key may stand in several.
   */
  String[] partitions() default {};

  /**
   * For {@link Mapping#DIMENSION_TO_SINGLE}: the dimension of the side that has several; with
   * offsets, both are of time.
   */
  String dimension() default "";

  /**
   * For {@link Mapping#PER_DIMENSION}: {@code asset's dimension=input's dimension}, or one name
   * where they are called the same. Of the input's other dimensions all keys are meant.
   */
  String[] dimensions() default {};

  /**
   * A mapping by code, in place of {@link #mapping}: a bean, so its class is annotated {@code
   * jakarta.inject.Singleton}. A worker runs it when it plans a run.
   */
  Class<? extends CustomPartitionMapping> customMapping() default CustomPartitionMapping.class;

  /** The built-in partition mappings that an annotation can name. */
  enum Mapping {
    /**
     * The same key where both have one definition; overlapping windows between times; all keys of
     * other dimensions.
     */
    AUTOMATIC,
    IDENTITY,
    ALL,
    LAST,
    SPECIFIC,
    TIME_WINDOWS,
    /** One side has several dimensions, the other one, which {@link #dimension} is mapped to. */
    DIMENSION_TO_SINGLE,
    /** Each of {@link #dimensions} by itself, as with {@link #AUTOMATIC}. */
    PER_DIMENSION,
    /** As written down; a key that is not needs nothing. */
    STATIC
  }
}
