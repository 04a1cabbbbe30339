package io.stowage.testing.model;

import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.FieldInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.RecordComponentInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.lang.reflect.RecordComponent;

/** A component of a record. */
final class ReflectedComponent extends Reflected implements RecordComponentInfo {
  private final RecordComponent component;

  ReflectedComponent(RecordComponent component) {
    super(component.getAnnotations());
    this.component = component;
  }

  @Override
  public String name() {
    return component.getName();
  }

  @Override
  public Type type() {
    return ReflectedTypes.of(component.getAnnotatedType());
  }

  @Override
  public FieldInfo field() {
    throw notRead();
  }

  @Override
  public MethodInfo accessor() {
    return new ReflectedMethod(component.getAccessor());
  }

  @Override
  public ClassInfo declaringRecord() {
    return new ReflectedClass(component.getDeclaringRecord());
  }
}
