package io.stowage.testing.model;

import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.FieldInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.PackageInfo;
import jakarta.enterprise.lang.model.declarations.RecordComponentInfo;
import jakarta.enterprise.lang.model.types.Type;
import jakarta.enterprise.lang.model.types.TypeVariable;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A class that is loaded. */
public final class ReflectedClass extends Reflected implements ClassInfo {
  private final Class<?> type;

  public ReflectedClass(Class<?> type) {
    super(type.getAnnotations());
    this.type = type;
  }

  /** The class itself. */
  public Class<?> type() {
    return type;
  }

  @Override
  public String name() {
    return type.getName();
  }

  @Override
  public String simpleName() {
    return type.getSimpleName();
  }

  @Override
  public PackageInfo packageInfo() {
    throw notRead();
  }

  @Override
  public List<TypeVariable> typeParameters() {
    throw notRead();
  }

  @Override
  public @Nullable Type superClass() {
    AnnotatedType above = type.getAnnotatedSuperclass();
    return above == null ? null : ReflectedTypes.of(above);
  }

  @Override
  public @Nullable ClassInfo superClassDeclaration() {
    return type.getSuperclass() == null ? null : new ReflectedClass(type.getSuperclass());
  }

  @Override
  public List<Type> superInterfaces() {
    return Stream.of(type.getAnnotatedInterfaces()).map(ReflectedTypes::of).toList();
  }

  @Override
  public List<ClassInfo> superInterfacesDeclarations() {
    return Stream.of(type.getInterfaces()).<ClassInfo>map(ReflectedClass::new).toList();
  }

  @Override
  public boolean isPlainClass() {
    return !isInterface() && !isEnum() && !isAnnotation() && !isRecord();
  }

  @Override
  public boolean isInterface() {
    return type.isInterface() && !type.isAnnotation();
  }

  @Override
  public boolean isEnum() {
    return type.isEnum();
  }

  @Override
  public boolean isAnnotation() {
    return type.isAnnotation();
  }

  @Override
  public boolean isRecord() {
    return type.isRecord();
  }

  @Override
  public boolean isAbstract() {
    return Modifier.isAbstract(modifiers());
  }

  @Override
  public boolean isFinal() {
    return Modifier.isFinal(modifiers());
  }

  @Override
  public int modifiers() {
    return type.getModifiers();
  }

  @Override
  public Collection<MethodInfo> constructors() {
    throw notRead();
  }

  /** Those that the class itself declares. */
  @Override
  public Collection<MethodInfo> methods() {
    return Stream.of(type.getDeclaredMethods()).<MethodInfo>map(ReflectedMethod::new).toList();
  }

  @Override
  public Collection<FieldInfo> fields() {
    throw notRead();
  }

  @Override
  public Collection<RecordComponentInfo> recordComponents() {
    return Stream.of(type.getRecordComponents())
        .<RecordComponentInfo>map(ReflectedComponent::new)
        .toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
