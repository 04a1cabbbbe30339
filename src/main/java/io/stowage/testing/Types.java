package io.stowage.testing;

import io.stowage.api.GenericType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Types with arguments, as a method declares them: {@code Types.listOf(Order.class)} is {@code
 * List<Order>}. Equal to the types that reflection makes.
 */
public final class Types {
  private Types() {}

  public static Type listOf(Type element) {
    return generic(List.class, element);
  }

  public static Type streamOf(Type element) {
    return generic(Stream.class, element);
  }

  /** {@code Map<String, value>}: by partition key, where several partitions are mapped. */
  public static Type mapOf(Type value) {
    return generic(Map.class, String.class, value);
  }

  /**
   * Any type with arguments.
   *
   * @param arguments as many as the class has type parameters
   * @throws IllegalArgumentException where there are more, or fewer
   */
  public static Type generic(Class<?> raw, Type... arguments) {
    int wanted = raw.getTypeParameters().length;
    if (wanted != arguments.length) {
      throw new IllegalArgumentException(
          raw.getSimpleName() + " has " + wanted + " type parameters, not " + arguments.length);
    }
    return GenericType.of(raw, arguments);
  }
}
