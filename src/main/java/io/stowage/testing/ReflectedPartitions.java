package io.stowage.testing;

import io.stowage.api.partition.PartitionAnnotations;
import io.stowage.api.partition.PartitionsDefinition;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The definition that the annotations of partitions on a method make together; an annotation may
 * bear them for it.
 */
final class ReflectedPartitions {
  private ReflectedPartitions() {}

  static Optional<PartitionsDefinition> definition(Method method) {
    var found = new ArrayList<PartitionsDefinition>();
    collect(method.getAnnotations(), found, new HashSet<>());
    return found.isEmpty() ? Optional.empty() : Optional.of(PartitionAnnotations.compose(found));
  }

  private static void collect(
      Annotation[] annotations, List<PartitionsDefinition> found, Set<String> seen) {
    for (Annotation annotation : annotations) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (type.getName().startsWith("java.") || !seen.add(type.getName())) {
        continue;
      }
      if (PartitionAnnotations.types().contains(type)) {
        found.add(PartitionAnnotations.definition(type.getSimpleName(), members(annotation)));
      } else {
        collect(type.getAnnotations(), found, seen);
      }
    }
  }

  private static Map<String, Object> members(Annotation annotation) {
    var values = new LinkedHashMap<String, Object>();
    for (Method member : annotation.annotationType().getDeclaredMethods()) {
      try {
        values.put(member.getName(), plain(member.invoke(annotation)));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("cannot read " + annotation, e);
      }
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(i -> plain(Array.get(value, i)))
          .toList();
    }
    return value instanceof Enum<?> word ? word.name() : value;
  }
}
