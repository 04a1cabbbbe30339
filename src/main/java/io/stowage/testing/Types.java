package io.stowage.testing;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    return new Generic(raw, List.of(arguments));
  }

  private record Generic(Class<?> raw, List<Type> arguments) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return raw.getDeclaringClass();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ParameterizedType type
          && raw.equals(type.getRawType())
          && Arrays.equals(getActualTypeArguments(), type.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(getActualTypeArguments()) ^ raw.hashCode();
    }

    @Override
    public String toString() {
      return raw.getTypeName()
          + arguments.stream().map(Type::getTypeName).collect(joining(", ", "<", ">"));
    }
  }
}
