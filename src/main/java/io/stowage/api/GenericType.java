package io.stowage.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A type with arguments, made by hand: {@code GenericType.of(List.class, MonthSummary.class)}.
 * Equal to the types that reflection makes.
 *
 * @param raw the class without its arguments
 * @param arguments in order
 */
public record GenericType(Class<?> raw, List<Type> arguments) implements ParameterizedType {
  /**
   * {@code Stream<Map<String, Object>>}: a value whose class nobody knows, row by row, by the names
   * of the columns in their order; see {@link InputManager#loadsRows}.
   */
  public static final Type ROWS = of(Stream.class, of(Map.class, String.class, Object.class));

  public GenericType {
    arguments = List.copyOf(arguments);
  }

  public static GenericType of(Class<?> raw, Type... arguments) {
    return new GenericType(raw, List.of(arguments));
  }

  /** Whether the type is {@link #ROWS}, whoever made it. */
  public static boolean isRows(Type type) {
    return type instanceof ParameterizedType stream
        && stream.getRawType() == Stream.class
        && stream.getActualTypeArguments()[0] instanceof ParameterizedType row
        && row.getRawType() == Map.class
        && row.getActualTypeArguments()[0] == String.class
        && row.getActualTypeArguments()[1] == Object.class;
  }

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
        + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
  }
}
