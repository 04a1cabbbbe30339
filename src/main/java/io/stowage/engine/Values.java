package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.catalog.OutputDeclaration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether values are what was declared, and the small conversions between the two. */
public final class Values {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          long.class,
          Long.class,
          int.class,
          Integer.class,
          short.class,
          Short.class,
          byte.class,
          Byte.class,
          double.class,
          Double.class,
          float.class,
          Float.class,
          boolean.class,
          Boolean.class,
          char.class,
          Character.class);

  private Values() {}

  /**
   * The loaded value as an argument of the declared type: numbers are widened; anything else, and
   * what is in collections, maps and streams, must fit as it is.
   */
  public static @Nullable Object argument(String input, Type type, @Nullable Object value) {
    Class<?> raw = raw(type);
    if (value == null) {
      if (raw.isPrimitive()) {
        throw mismatch(
            "input '"
                + input
                + "' is a "
                + raw
                + ", but null was stored: take a "
                + box(raw).getSimpleName());
      }
      return null;
    }
    Object widened = value instanceof Number number ? widened(number, box(raw)) : value;
    if (!box(raw).isInstance(widened)) {
      throw mismatch(
          "input '"
              + input
              + "' is a "
              + type.getTypeName()
              + ", but a "
              + value.getClass().getTypeName()
              + " was loaded");
    }
    return new Elements("input '" + input + "' is a " + type.getTypeName(), true)
        .fitting(type, widened);
  }

  static boolean isInstance(Type type, Object value) {
    return box(raw(type)).isInstance(value);
  }

  /** The number as one of the type, where that loses nothing; else as it is. */
  static Object widened(Number number, Type type) {
    return widened(number, box(raw(type)));
  }

  /** What an input of no partitions is: rows and maps without any, or null. */
  static @Nullable Object nothing(Type type) {
    Class<?> raw = raw(type);
    if (raw == Stream.class) {
      return Stream.empty();
    }
    if (raw == Map.class) {
      return Map.of();
    }
    return raw == List.class || raw == Collection.class || raw == Iterable.class ? List.of() : null;
  }

  /** What a parameter gets of which nothing is loaded: null, or what stands for it. */
  static @Nullable Object unloaded(String type) {
    return switch (type) {
      case "long" -> 0L;
      case "int" -> 0;
      case "short" -> (short) 0;
      case "byte" -> (byte) 0;
      case "double" -> 0.0;
      case "float" -> 0f;
      case "boolean" -> false;
      case "char" -> '\0';
      default -> null;
    };
  }

  private static Object widened(Number number, Class<?> wanted) {
    boolean whole =
        number instanceof Long
            || number instanceof Integer
            || number instanceof Short
            || number instanceof Byte;
    if (whole) {
      return whole(number, wanted);
    }
    if (number instanceof Double || number instanceof Float) {
      return fraction(number, wanted);
    }
    return number;
  }

  private static Object whole(Number number, Class<?> wanted) {
    long value = number.longValue();
    if (wanted == Long.class) {
      return value;
    }
    if (wanted == Integer.class && value == (int) value) {
      return (int) value;
    }
    if (wanted == Short.class && value == (short) value) {
      return (short) value;
    }
    if (wanted == Byte.class && value == (byte) value) {
      return (byte) value;
    }
    return fraction(number, wanted);
  }

  private static Object fraction(Number number, Class<?> wanted) {
    if (wanted == Double.class) {
      return number.doubleValue();
    }
    return wanted == Float.class ? (Object) number.floatValue() : number;
  }

  /** The value as it is to be stored; refuses one that is not of the output's declared type. */
  static @Nullable Object checked(OutputDeclaration output, Type type, @Nullable Object value) {
    if (value == null) {
      if (!output.nullable()) {
        throw mismatch(
            "output '"
                + output.name()
                + "' is a "
                + output.storedType().simple()
                + ", but null was returned: annotate it @Nullable, or return a value");
      }
      return null;
    }
    String whole = "output '" + output.name() + "' is a " + output.storedType().simple();
    if (!isInstance(type, value)) {
      throw mismatch(whole + ", but a " + value.getClass().getTypeName() + " was returned");
    }
    return new Elements(whole, false).fitting(type, value);
  }

  /** Of what no manager stores: who stored it himself has something to say. */
  static void checkRecorded(OutputDeclaration output, @Nullable Object value) {
    if (value == null && output.selfStored()) {
      throw mismatch(
          "output '"
              + output.name()
              + "' is a MaterializeResult, but null was returned: return MaterializeResult.done()");
    }
  }

  /**
   * Whether the value can be read only once, so that a store that failed half-way cannot be given
   * it again.
   */
  public static boolean readOnce(@Nullable Object value) {
    return value instanceof AutoCloseable
        || value instanceof Iterator<?>
        || (value instanceof Map<?, ?> map
            && !map.isEmpty()
            && readOnce(map.values().iterator().next()));
  }

  /** The components of a multi-asset's record, by name. */
  static Map<String, @Nullable Object> components(Object value) throws StepFailure {
    RecordComponent[] components = value.getClass().getRecordComponents();
    if (components == null) {
      throw mismatch(
          "a multi-asset returns a record of its outputs, but a "
              + value.getClass().getTypeName()
              + " was returned");
    }
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (RecordComponent component : components) {
      try {
        component.getAccessor().setAccessible(true);
        values.put(component.getName(), component.getAccessor().invoke(value));
      } catch (InvocationTargetException e) {
        throw new StepFailure(
            "read output '" + component.getName() + "'",
            Objects.requireNonNullElse(e.getCause(), e));
      } catch (IllegalAccessException e) {
        throw new StepFailure("read output '" + component.getName() + "'", e);
      }
    }
    return values;
  }

  public static Class<?> raw(Type type) {
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
