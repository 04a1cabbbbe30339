package io.stowage.io.record;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A component of a record. */
public final class RecordField {
  private final String name;
  private final TypeUse use;
  private final List<String> aliases;
  private final Method accessor;

  private RecordField(String name, TypeUse use, List<String> aliases, Method accessor) {
    this.name = name;
    this.use = use;
    this.aliases = aliases;
    this.accessor = accessor;
  }

  static RecordField of(Class<?> type, RecordComponent component) {
    Method accessor = component.getAccessor();
    if (accessor == null) {
      throw new IllegalArgumentException(
          "component '%s' of record '%s' was left out of the native image: register it for reflection"
              .formatted(component.getName(), type.getTypeName()));
    }
    accessor.setAccessible(true);
    boolean nullable = TypeUse.saysNullable(component) || TypeUse.saysNullable(accessor);
    Alias alias = component.getAnnotation(Alias.class);
    return new RecordField(
        component.getName(),
        TypeUse.of(component.getAnnotatedType()).orNullable(nullable),
        alias == null ? List.of() : List.of(alias.value()),
        accessor);
  }

  public String name() {
    return name;
  }

  public TypeUse use() {
    return use;
  }

  /** Earlier names, see {@link Alias}. */
  public List<String> aliases() {
    return aliases;
  }

  /** The component's value in that record, by its accessor. */
  public @Nullable Object of(Object row) {
    try {
      return accessor.invoke(row);
    } catch (InvocationTargetException e) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "'%s()' of record '%s' failed: %s"
              .formatted(name, accessor.getDeclaringClass().getSimpleName(), RecordShape.reason(e)),
          e.getCause());
    } catch (IllegalAccessException e) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "'%s()' of record '%s' cannot be called"
              .formatted(name, accessor.getDeclaringClass().getTypeName()),
          e);
    }
  }
}
