package io.stowage.testing.model;

import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.StowageException;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.ParameterInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;

/** A parameter of a method. */
final class ReflectedParameter extends Reflected implements ParameterInfo {
  private final Parameter parameter;
  private final ReflectedMethod method;

  ReflectedParameter(Parameter parameter, ReflectedMethod method) {
    super(parameter.getAnnotations());
    this.parameter = parameter;
    this.method = method;
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where the compiler left the name out,
   *     and it is needed
   */
  @Override
  public String name() {
    @Nullable Input input = parameter.getAnnotation(Input.class);
    if (!parameter.isNamePresent() && (input == null || input.value().isEmpty())) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "the parameters of "
              + method.name()
              + " have no names: compile with -parameters (maven.compiler.parameters=true)");
    }
    return parameter.getName();
  }

  @Override
  public Type type() {
    return ReflectedTypes.of(parameter.getAnnotatedType());
  }

  @Override
  public MethodInfo declaringMethod() {
    return method;
  }
}
