package io.stowage.testing;

import io.stowage.api.Output;
import io.stowage.catalog.DeclaredType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Turns types of reflection into declared types, and keeps the classes that it meets. */
final class ReflectedTypes {
  private final Map<String, Class<?>> classes = new TreeMap<>();

  Map<String, Class<?>> classes() {
    return classes;
  }

  /** The type of the value of an output: without {@code Output} around it. */
  DeclaredType valueOf(Type type) {
    return declared(unwrapped(type));
  }

  static Type unwrapped(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Output.class
        ? generic.getActualTypeArguments()[0]
        : type;
  }

  /** The type of what is stored: also without {@code Optional} around it. */
  static Type emitted(Type type) {
    return unwrapped(type) instanceof ParameterizedType generic
            && generic.getRawType() == Optional.class
        ? generic.getActualTypeArguments()[0]
        : unwrapped(type);
  }

  DeclaredType declared(Type type) {
    return switch (type) {
      case Class<?> array when array.isArray() ->
          DeclaredType.of(declared(array.getComponentType()).name() + "[]");
      case Class<?> plain -> DeclaredType.of(met(plain));
      case GenericArrayType array ->
          DeclaredType.of(declared(array.getGenericComponentType()).name() + "[]");
      case ParameterizedType generic ->
          new DeclaredType(
              met((Class<?>) generic.getRawType()),
              Stream.of(generic.getActualTypeArguments()).map(this::declared).toList());
      case WildcardType wildcard -> declared(wildcard.getUpperBounds()[0]);
      case TypeVariable<?> variable ->
          throw ReflectionReader.fault(
              "type variable '"
                  + variable.getName()
                  + "' cannot be stored or loaded: name a class in its place");
      default -> throw ReflectionReader.fault("'" + type.getTypeName() + "' is no type of a value");
    };
  }

  private String met(Class<?> type) {
    if (!type.isPrimitive() && !type.getName().startsWith("java.")) {
      classes.put(type.getName(), type);
    }
    return type.getName();
  }

  /**
   * Whether any annotation named {@code Nullable} stands on the declaration or on the type, an
   * output's argument included.
   */
  static boolean nullable(Annotation[] annotations, AnnotatedType type) {
    return named(annotations)
        || named(type.getAnnotations())
        || (type instanceof AnnotatedParameterizedType generic
            && ((ParameterizedType) generic.getType()).getRawType() == Output.class
            && Stream.of(generic.getAnnotatedActualTypeArguments())
                .anyMatch(argument -> named(argument.getAnnotations())));
  }

  private static boolean named(Annotation[] annotations) {
    return Stream.of(annotations)
        .anyMatch(annotation -> annotation.annotationType().getName().endsWith(".Nullable"));
  }
}
