package io.stowage.testing.model;

import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.AnnotationMember;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.util.List;
import java.util.stream.IntStream;

/** The value of an annotation's member. */
record ReflectedMember(Object value) implements AnnotationMember {
  @Override
  public Kind kind() {
    return switch (value) {
      case Boolean _ -> Kind.BOOLEAN;
      case Byte _ -> Kind.BYTE;
      case Short _ -> Kind.SHORT;
      case Integer _ -> Kind.INT;
      case Long _ -> Kind.LONG;
      case Float _ -> Kind.FLOAT;
      case Double _ -> Kind.DOUBLE;
      case Character _ -> Kind.CHAR;
      case String _ -> Kind.STRING;
      case Enum<?> _ -> Kind.ENUM;
      case Class<?> _ -> Kind.CLASS;
      case Annotation _ -> Kind.NESTED_ANNOTATION;
      default -> Kind.ARRAY;
    };
  }

  @Override
  public boolean asBoolean() {
    return (Boolean) value;
  }

  @Override
  public byte asByte() {
    return (Byte) value;
  }

  @Override
  public short asShort() {
    return (Short) value;
  }

  @Override
  public int asInt() {
    return (Integer) value;
  }

  @Override
  public long asLong() {
    return (Long) value;
  }

  @Override
  public float asFloat() {
    return (Float) value;
  }

  @Override
  public double asDouble() {
    return (Double) value;
  }

  @Override
  public char asChar() {
    return (Character) value;
  }

  @Override
  public String asString() {
    return (String) value;
  }

  @Override
  public <E extends Enum<E>> E asEnum(Class<E> type) {
    return type.cast(value);
  }

  @Override
  public ClassInfo asEnumClass() {
    return new ReflectedClass(((Enum<?>) value).getDeclaringClass());
  }

  @Override
  public String asEnumConstant() {
    return ((Enum<?>) value).name();
  }

  @Override
  public Type asType() {
    return ReflectedTypes.of((Class<?>) value);
  }

  @Override
  public AnnotationInfo asNestedAnnotation() {
    return new ReflectedAnnotation((Annotation) value);
  }

  @Override
  public List<AnnotationMember> asArray() {
    return IntStream.range(0, Array.getLength(value))
        .<AnnotationMember>mapToObj(i -> new ReflectedMember(Array.get(value, i)))
        .toList();
  }
}
