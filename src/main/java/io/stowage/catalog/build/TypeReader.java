package io.stowage.catalog.build;

import io.stowage.catalog.DeclaredType;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.types.ParameterizedType;
import jakarta.enterprise.lang.model.types.Type;
import jakarta.enterprise.lang.model.types.WildcardType;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Turns types of CDI's language model into declared types, and keeps the classes that it meets. */
final class TypeReader {
  private static final String OUTPUT = "io.stowage.api.Output";

  private final Map<String, ClassInfo> classes = new TreeMap<>();

  Map<String, ClassInfo> classes() {
    return classes;
  }

  /** The type of the value of an output: without {@code Output} around it. */
  DeclaredType valueOf(Type type) {
    return declared(unwrapped(type));
  }

  Type unwrapped(Type type) {
    return type.isParameterizedType()
            && type.asParameterizedType().genericClass().declaration().name().equals(OUTPUT)
        ? type.asParameterizedType().typeArguments().getFirst()
        : type;
  }

  DeclaredType declared(Type type) {
    return switch (type.kind()) {
      case VOID -> DeclaredType.of("void");
      case PRIMITIVE -> DeclaredType.of(type.asPrimitive().name());
      case CLASS -> DeclaredType.of(met(type.asClass().declaration()));
      case ARRAY -> DeclaredType.of(declared(type.asArray().componentType()).name() + "[]");
      case PARAMETERIZED_TYPE -> parameterized(type.asParameterizedType());
      case WILDCARD_TYPE -> wildcard(type.asWildcardType());
      case TYPE_VARIABLE ->
          throw LanguageModelReader.fault(
              "type variable '"
                  + type.asTypeVariable().name()
                  + "' cannot be stored or loaded: name a class in its place");
    };
  }

  private DeclaredType parameterized(ParameterizedType type) {
    return new DeclaredType(
        met(type.genericClass().declaration()),
        type.typeArguments().stream().map(this::declared).toList());
  }

  private DeclaredType wildcard(WildcardType type) {
    Type bound = type.upperBound();
    return bound == null ? DeclaredType.of("java.lang.Object") : declared(bound);
  }

  private String met(ClassInfo type) {
    classes.put(type.name(), type); // the JDK's too: an author's own manager may take any of them
    return type.name();
  }

  /**
   * Whether any annotation named {@code Nullable} stands on the declaration or on the type, or the
   * type is optional.
   */
  static boolean nullable(Collection<AnnotationInfo> annotations, Type type) {
    return named(annotations)
        || named(type.annotations())
        || (type.isParameterizedType()
            && type.asParameterizedType().typeArguments().stream()
                .anyMatch(argument -> named(argument.annotations()))
            && type.asParameterizedType().genericClass().declaration().name().equals(OUTPUT));
  }

  private static boolean named(Collection<AnnotationInfo> annotations) {
    return annotations.stream().anyMatch(annotation -> annotation.name().endsWith(".Nullable"));
  }
}
