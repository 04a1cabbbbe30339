package io.stowage.testing.model;

import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.AnnotationMember;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An annotation; members that were left out have their defaults. */
record ReflectedAnnotation(Annotation annotation) implements AnnotationInfo {
  @Override
  public ClassInfo declaration() {
    return new ReflectedClass(annotation.annotationType());
  }

  @Override
  public boolean hasMember(String name) {
    return Arrays.stream(annotation.annotationType().getDeclaredMethods())
        .anyMatch(method -> method.getName().equals(name));
  }

  @Override
  public AnnotationMember member(String name) {
    try {
      return value(annotation.annotationType().getDeclaredMethod(name));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(annotation + " has no '" + name + "'", e);
    }
  }

  @Override
  public Map<String, AnnotationMember> members() {
    var members = new LinkedHashMap<String, AnnotationMember>();
    for (Method method : annotation.annotationType().getDeclaredMethods()) {
      members.put(method.getName(), value(method));
    }
    return members;
  }

  private AnnotationMember value(Method member) {
    try {
      member.setAccessible(true); // the annotation may be private to a test
      return new ReflectedMember(member.invoke(annotation));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + annotation, e);
    }
  }
}
