package io.stowage.io.record;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record consists of, and how to build one. Made once for each type, then used for every
 * row.
 */
public final class RecordShape {
  private final Class<?> type;
  private final List<RecordField> fields;
  private final Constructor<?> constructor;

  private RecordShape(Class<?> type, List<RecordField> fields, Constructor<?> constructor) {
    this.type = type;
    this.fields = fields;
    this.constructor = constructor;
  }

  /**
   * @throws IllegalArgumentException where it is not a record, or its constructor is not there at
   *     run time
   */
  public static RecordShape of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException("'" + type.getTypeName() + "' is not a record");
    }
    var fields = new ArrayList<RecordField>();
    var types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      fields.add(RecordField.of(type, components[i]));
    }
    return new RecordShape(type, List.copyOf(fields), canonicalConstructor(type, types));
  }

  private static Constructor<?> canonicalConstructor(Class<?> type, Class<?>[] types) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "the constructor of record '%s' was left out of the native image: register it for reflection"
              .formatted(type.getTypeName()),
          e);
    }
  }

  public Class<?> type() {
    return type;
  }

  public List<RecordField> fields() {
    return fields;
  }

  /**
   * Builds a record.
   *
   * @param values of the components, in their order
   * @throws IllegalArgumentException where the record refuses its values, with the reason that it
   *     gives
   */
  public Object build(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "record '%s' refuses its values: %s".formatted(type.getSimpleName(), reason(e)),
          e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "record '%s' cannot be built".formatted(type.getTypeName()), e);
    }
  }

  static String reason(InvocationTargetException e) {
    Throwable cause = e.getTargetException();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
