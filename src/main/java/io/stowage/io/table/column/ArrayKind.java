package io.stowage.io.table.column;

import io.stowage.io.record.TypeUse;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Several single values: lists, sets and arrays of Java, arrays of PostgreSQL. */
public final class ArrayKind {
  private final ColumnKind element;
  private final Presence presence;

  private ArrayKind(ColumnKind element, Presence presence) {
    this.element = element;
    this.presence = presence;
  }

  /** Null for a type that is not several single values. */
  static @Nullable ColumnKind of(TypeUse use) {
    TypeUse of = elements(use);
    if (of == null) {
      return null;
    }
    Presence presence = Presence.of(of);
    ColumnKind element = ColumnKind.ofSingle(presence.use().raw());
    if (element == null) {
      return null;
    }
    var kind = new ArrayKind(element, presence);
    return new ColumnKind(
        new ColumnType(element.sql().element(), true),
        value -> kind.stored(values(value)),
        value -> made(use.raw(), kind.loaded((List<?>) value)));
  }

  /** What a list, a set or an array consists of; null for anything else. */
  public static @Nullable TypeUse elements(TypeUse use) {
    Class<?> raw = use.raw();
    if (raw.isArray()) {
      return use.element();
    }
    return raw == List.class || raw == Set.class || raw == Collection.class
        ? use.argument(0)
        : null;
  }

  /** The elements of a list, a set or an array. */
  public static Collection<?> values(Object value) {
    if (value instanceof Collection<?> collection) {
      return collection;
    }
    return value instanceof Object[] array
        ? Arrays.asList(array)
        : IntStream.range(0, Array.getLength(value)).mapToObj(i -> Array.get(value, i)).toList();
  }

  /** A list, a set or an array of these elements. */
  public static Object made(Class<?> raw, List<@Nullable Object> elements) {
    if (raw == Set.class) {
      return Collections.unmodifiableSet(new LinkedHashSet<>(elements));
    }
    if (!raw.isArray()) {
      return Collections.unmodifiableList(elements);
    }
    Object array = Array.newInstance(raw.getComponentType(), elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }

  private List<@Nullable Object> stored(Collection<?> values) {
    return each(values, presence::inner, element.stored(), value -> value);
  }

  private List<@Nullable Object> loaded(Collection<?> values) {
    return each(values, value -> value, element.loaded(), presence::outer);
  }

  private static List<@Nullable Object> each(
      Collection<?> values,
      Function<@Nullable Object, @Nullable Object> before,
      Function<Object, Object> change,
      Function<@Nullable Object, @Nullable Object> after) {
    var changed = new ArrayList<@Nullable Object>(values.size());
    for (Object value : values) {
      Object inner = before.apply(value);
      changed.add(after.apply(inner == null ? null : change.apply(inner)));
    }
    return changed;
  }
}
