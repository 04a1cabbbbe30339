package io.stowage.testing.model;

import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.types.ArrayType;
import jakarta.enterprise.lang.model.types.ClassType;
import jakarta.enterprise.lang.model.types.ParameterizedType;
import jakarta.enterprise.lang.model.types.PrimitiveType;
import jakarta.enterprise.lang.model.types.Type;
import jakarta.enterprise.lang.model.types.TypeVariable;
import jakarta.enterprise.lang.model.types.VoidType;
import jakarta.enterprise.lang.model.types.WildcardType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types as they are declared, with their annotations. */
final class ReflectedTypes {
  private ReflectedTypes() {}

  static Type of(AnnotatedType type) {
    return switch (type) {
      case AnnotatedParameterizedType generic -> new Generic(generic);
      case AnnotatedArrayType array ->
          new Several(of(array.getAnnotatedGenericComponentType()), array.getAnnotations());
      case AnnotatedWildcardType wildcard -> new Wildcard(wildcard);
      case AnnotatedTypeVariable variable -> new Variable(variable);
      default -> plain((Class<?>) type.getType(), type.getAnnotations());
    };
  }

  static Type of(Class<?> type) {
    return plain(type);
  }

  private static Type plain(Class<?> type, Annotation... annotations) {
    if (type == void.class) {
      return new Nothing();
    }
    if (type.isPrimitive()) {
      return new Primitive(type, annotations);
    }
    return type.isArray()
        ? new Several(of(type.getComponentType()), annotations)
        : new Plain(type, annotations);
  }

  private static final class Nothing extends Reflected implements VoidType {
    @Override
    public String name() {
      return "void";
    }

    @Override
    public String toString() {
      return name();
    }
  }

  private static final class Primitive extends Reflected implements PrimitiveType {
    private final Class<?> type;

    Primitive(Class<?> type, Annotation... annotations) {
      super(annotations);
      this.type = type;
    }

    @Override
    public String name() {
      return type.getName();
    }

    @Override
    public PrimitiveKind primitiveKind() {
      return PrimitiveKind.valueOf(type.getName().toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return name();
    }
  }

  private static final class Plain extends Reflected implements ClassType {
    private final Class<?> type;

    Plain(Class<?> type, Annotation... annotations) {
      super(annotations);
      this.type = type;
    }

    @Override
    public ClassInfo declaration() {
      return new ReflectedClass(type);
    }

    @Override
    public String toString() {
      return type.getName();
    }
  }

  private static final class Several extends Reflected implements ArrayType {
    private final Type component;

    Several(Type component, Annotation... annotations) {
      super(annotations);
      this.component = component;
    }

    @Override
    public Type componentType() {
      return component;
    }

    @Override
    public String toString() {
      return component + "[]";
    }
  }

  private static final class Generic extends Reflected implements ParameterizedType {
    private final AnnotatedParameterizedType type;

    Generic(AnnotatedParameterizedType type) {
      super(type.getAnnotations());
      this.type = type;
    }

    @Override
    public ClassType genericClass() {
      var generic = (java.lang.reflect.ParameterizedType) type.getType();
      return new Plain((Class<?>) generic.getRawType());
    }

    @Override
    public List<Type> typeArguments() {
      return Stream.of(type.getAnnotatedActualTypeArguments()).map(ReflectedTypes::of).toList();
    }

    @Override
    public String toString() {
      return type.getType().getTypeName();
    }
  }

  private static final class Wildcard extends Reflected implements WildcardType {
    private final AnnotatedWildcardType type;

    Wildcard(AnnotatedWildcardType type) {
      super(type.getAnnotations());
      this.type = type;
    }

    @Override
    public @Nullable Type upperBound() {
      return type.getAnnotatedLowerBounds().length > 0
          ? null
          : of(type.getAnnotatedUpperBounds()[0]);
    }

    @Override
    public @Nullable Type lowerBound() {
      return type.getAnnotatedLowerBounds().length > 0
          ? of(type.getAnnotatedLowerBounds()[0])
          : null;
    }

    @Override
    public String toString() {
      return type.getType().getTypeName();
    }
  }

  private static final class Variable extends Reflected implements TypeVariable {
    private final AnnotatedTypeVariable type;

    Variable(AnnotatedTypeVariable type) {
      super(type.getAnnotations());
      this.type = type;
    }

    @Override
    public String name() {
      return type.getType().getTypeName();
    }

    @Override
    public List<Type> bounds() {
      return Stream.of(type.getAnnotatedBounds()).map(ReflectedTypes::of).toList();
    }

    @Override
    public String toString() {
      return name();
    }
  }
}
