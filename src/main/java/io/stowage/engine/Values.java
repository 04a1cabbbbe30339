package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.catalog.OutputDeclaration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether values are what was declared, and the small conversions between the two. */
final class Values {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          long.class, Long.class, int.class, Integer.class, short.class, Short.class, byte.class, Byte.class,
          double.class, Double.class, float.class, Float.class, boolean.class, Boolean.class, char.class, Character.class);

  private Values() {}

  /** The loaded value as an argument of the declared type: numbers are widened; anything else must fit as it is. */
  static @Nullable Object argument(String input, Type type, @Nullable Object value) {
    Class<?> raw = raw(type);
    if (value == null) {
      if (raw.isPrimitive()) {
        throw mismatch("input '" + input + "' is a " + raw + ", but null was stored: take a " + BOXES.get(raw).getSimpleName());
      }
      return null;
    }
    Object widened = value instanceof Number number ? widened(number, box(raw)) : value;
    if (!box(raw).isInstance(widened)) {
      throw mismatch("input '" + input + "' is a " + type.getTypeName() + ", but a " + value.getClass().getTypeName() + " was loaded");
    }
    return widened;
  }

  private static Object widened(Number number, Class<?> wanted) {
    boolean whole = !(number instanceof Double) && !(number instanceof Float);
    if (wanted == Long.class && whole) {
      return number.longValue();
    }
    if (wanted == Integer.class && whole && number.longValue() == number.intValue()) {
      return number.intValue();
    }
    if (wanted == Short.class && whole && number.longValue() == number.shortValue()) {
      return number.shortValue();
    }
    if (wanted == Byte.class && whole && number.longValue() == number.byteValue()) {
      return number.byteValue();
    }
    if (wanted == Double.class) {
      return number.doubleValue();
    }
    return wanted == Float.class ? (Object) number.floatValue() : number;
  }

  /** Refuses a value that is not of the output's declared type. */
  static void check(OutputDeclaration output, Type type, @Nullable Object value) {
    if (value == null) {
      if (!output.nullable()) {
        throw mismatch("output '" + output.name() + "' is a " + output.type().simple() + ", but null was returned: annotate it @Nullable, or return a value");
      }
      return;
    }
    if (!box(raw(type)).isInstance(value)) {
      throw mismatch("output '" + output.name() + "' is a " + output.type().simple() + ", but a " + value.getClass().getTypeName() + " was returned");
    }
  }

  /** The component of a multi-asset's record. */
  static @Nullable Object component(Object record, String name) throws StepFailure {
    for (RecordComponent component : Objects.requireNonNull(record.getClass().getRecordComponents())) {
      if (component.getName().equals(name)) {
        try {
          component.getAccessor().setAccessible(true);
          return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new StepFailure("read output '" + name + "'", e);
        }
      }
    }
    throw new IllegalStateException("record " + record.getClass() + " has no component '" + name + "'");
  }

  static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> raw -> raw;
      case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
      default -> Object.class;
    };
  }

  private static Class<?> box(Class<?> type) {
    return BOXES.getOrDefault(type, type);
  }

  private static StowageException mismatch(String message) {
    return new StowageException(ErrorCode.TYPE_MISMATCH, message);
  }
}
