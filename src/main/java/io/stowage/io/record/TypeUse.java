package io.stowage.io.record;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.stream.Stream;

/**
 * A type where it is used: a wildcard is its upper bound, a type variable is {@code Object}.
 *
 * @param nullable whether an annotation called {@code Nullable} stands on it, of whatever library
 *     that keeps it at run time
 */
public record TypeUse(Type type, boolean nullable, AnnotatedElement annotations) {
  private static final AnnotatedElement NO_ANNOTATIONS = new NotAnnotated();

  public static TypeUse of(Type type) {
    return type instanceof WildcardType wildcard
        ? of(wildcard.getUpperBounds()[0])
        : new TypeUse(type, false, NO_ANNOTATIONS);
  }

  static TypeUse of(AnnotatedType type) {
    return type instanceof AnnotatedWildcardType wildcard
        ? of(wildcard.getAnnotatedUpperBounds()[0])
        : new TypeUse(type.getType(), saysNullable(type) || hasNullablePrimitives(type), type);
  }

  /**
   * Who writes {@code @Nullable byte[]} with a type annotation means the array, since a byte is
   * never null.
   */
  private static boolean hasNullablePrimitives(AnnotatedType type) {
    return type instanceof AnnotatedArrayType array
        && array.getAnnotatedGenericComponentType().getType() instanceof Class<?> component
        && component.isPrimitive()
        && saysNullable(array.getAnnotatedGenericComponentType());
  }

  static boolean saysNullable(AnnotatedElement element) {
    return Stream.of(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getSimpleName().equals("Nullable"));
  }

  TypeUse orNullable(boolean more) {
    return new TypeUse(type, nullable || more, annotations);
  }

  /** The class, without its arguments. */
  public Class<?> raw() {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> of(generic.getRawType()).raw();
      case GenericArrayType array -> of(array.getGenericComponentType()).raw().arrayType();
      default -> Object.class;
    };
  }

  /** The type argument at that position; {@code Object} where there is none. */
  public TypeUse argument(int position) {
    if (annotations instanceof AnnotatedParameterizedType generic) {
      return of(generic.getAnnotatedActualTypeArguments()[position]);
    }
    return type instanceof ParameterizedType generic
        ? of(generic.getActualTypeArguments()[position])
        : of(Object.class);
  }

  /** What an array consists of. */
  public TypeUse element() {
    if (annotations instanceof AnnotatedArrayType array) {
      return of(array.getAnnotatedGenericComponentType());
    }
    return of(
        type instanceof GenericArrayType array
            ? array.getGenericComponentType()
            : raw().getComponentType());
  }

  @Override
  public String toString() {
    return type.getTypeName();
  }

  private static final class NotAnnotated implements AnnotatedElement {
    @Override
    public <T extends Annotation> @org.jspecify.annotations.Nullable T getAnnotation(
        Class<T> annotationClass) {
      return null;
    }

    @Override
    public Annotation[] getAnnotations() {
      return new Annotation[0];
    }

    @Override
    public Annotation[] getDeclaredAnnotations() {
      return new Annotation[0];
    }
  }
}
