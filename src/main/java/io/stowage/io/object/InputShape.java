package io.stowage.io.object;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.StowageException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an input is made into from the values of its partitions. */
public sealed interface InputShape {
  /** The type that each partition's value is loaded as. */
  Type part();

  /** The bare value of the one partition, or of an asset without partitions. */
  record Single(Type part) implements InputShape {}

  /** A map by the text of the partitions' keys. */
  record ByPartition(Type part) implements InputShape {}

  /** The lists of all partitions, one behind the other. */
  record Concatenated(Type part) implements InputShape {}

  /** The rows of all partitions, one behind the other, read as they are pulled. */
  record Chained(Type part) implements InputShape {}

  /**
   * @throws StowageException {@code TYPE_MISMATCH} where several partitions, or none, are to become
   *     a single value
   */
  static InputShape of(InputContext context) {
    Type type = context.type();
    Class<?> raw = raw(type);
    if (raw == Stream.class) {
      return new Chained(type);
    }
    if (context.byPartition() && raw == Map.class && type instanceof ParameterizedType map) {
      return new ByPartition(map.getActualTypeArguments()[1]);
    }
    if (context.byPartition() && isList(raw)) {
      return new Concatenated(type);
    }
    if (context.partitioned() && context.partitions().size() != 1) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "input '%s' is a %s, but %d partitions of '%s' are mapped to it: declare a Map<String, %s>, a List or a Stream"
              .formatted(
                  context.inputName(),
                  raw.getSimpleName(),
                  context.partitions().size(),
                  context.asset(),
                  raw.getSimpleName()));
    }
    return new Single(type);
  }

  /** Whether the type is a list, or what a list can be given for. */
  static boolean isList(Class<?> raw) {
    return raw == List.class || raw == Collection.class || raw == Iterable.class;
  }

  /** The class of a type, without its arguments. */
  static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> raw(generic.getRawType());
      default -> Object.class;
    };
  }
}
