package io.stowage.testing.model;

import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.ParameterInfo;
import jakarta.enterprise.lang.model.types.Type;
import jakarta.enterprise.lang.model.types.TypeVariable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;

/** A method of a class that is loaded. */
public final class ReflectedMethod extends Reflected implements MethodInfo {
  private final Method method;

  public ReflectedMethod(Method method) {
    super(method.getAnnotations());
    this.method = method;
  }

  /** The method itself. */
  public Method method() {
    return method;
  }

  @Override
  public String name() {
    return method.getName();
  }

  @Override
  public List<ParameterInfo> parameters() {
    return Stream.of(method.getParameters())
        .<ParameterInfo>map(parameter -> new ReflectedParameter(parameter, this))
        .toList();
  }

  @Override
  public Type returnType() {
    return ReflectedTypes.of(method.getAnnotatedReturnType());
  }

  @Override
  public Type receiverType() {
    throw notRead();
  }

  @Override
  public List<Type> throwsTypes() {
    return Stream.of(method.getAnnotatedExceptionTypes()).map(ReflectedTypes::of).toList();
  }

  @Override
  public List<TypeVariable> typeParameters() {
    throw notRead();
  }

  @Override
  public boolean isConstructor() {
    return false;
  }

  @Override
  public boolean isStatic() {
    return Modifier.isStatic(modifiers());
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
    return method.getModifiers();
  }

  @Override
  public ClassInfo declaringClass() {
    return new ReflectedClass(method.getDeclaringClass());
  }
}
