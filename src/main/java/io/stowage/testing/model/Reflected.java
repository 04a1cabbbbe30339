package io.stowage.testing.model;

import jakarta.enterprise.lang.model.AnnotationInfo;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whatever may be annotated. */
abstract class Reflected {
  private final List<AnnotationInfo> annotations;

  Reflected(Annotation... annotations) {
    this.annotations =
        Stream.of(annotations).<AnnotationInfo>map(ReflectedAnnotation::new).toList();
  }

  static UnsupportedOperationException notRead() {
    return new UnsupportedOperationException("declarations are read without it");
  }

  public boolean hasAnnotation(Class<? extends Annotation> type) {
    return annotation(type) != null;
  }

  public boolean hasAnnotation(Predicate<AnnotationInfo> which) {
    return annotations.stream().anyMatch(which);
  }

  public <T extends Annotation> @Nullable AnnotationInfo annotation(Class<T> type) {
    return annotations.stream()
        .filter(annotation -> annotation.name().equals(type.getName()))
        .findFirst()
        .orElse(null);
  }

  public <T extends Annotation> Collection<AnnotationInfo> repeatableAnnotation(Class<T> type) {
    throw notRead();
  }

  public Collection<AnnotationInfo> annotations(Predicate<AnnotationInfo> which) {
    return annotations.stream().filter(which).toList();
  }

  public Collection<AnnotationInfo> annotations() {
    return annotations;
  }
}
