package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is in collections, maps and streams is of the declared type: a raw type in an
 * author's code, or a manager that keeps objects as they are, can put anything into them. Of a
 * stream, and of a list of an author's own class, that is seen as each element passes.
 *
 * @param whole what the value as a whole is declared as, {@code output 'result' is a List<Order>}
 * @param widens whether numbers may become those of a wider type
 */
record Elements(String whole, boolean widens) {
  /**
   * The value, or a copy of it whose numbers were widened.
   *
   * @param type of the value, which itself was checked
   */
  @Nullable Object fitting(Type type, @Nullable Object value) {
    return inside(type, value, "");
  }

  private @Nullable Object inside(Type type, @Nullable Object value, String place) {
    if (!(type instanceof ParameterizedType parameterized)) {
      return value;
    }
    Type[] arguments = parameterized.getActualTypeArguments();
    Type last = arguments[arguments.length - 1];
    if (isAnything(last) && arguments.length == 1) {
      return value;
    }
    return switch (value) {
      case Stream<?> rows when arguments.length == 1 -> new Rows(last, place).of(rows);
      case List<?> rows when arguments.length == 1 && !isOfTheJdk(rows) ->
          Values.raw(type).isAssignableFrom(Passing.class) ? new Passing(rows, last, place) : rows;
      case Collection<?> elements when arguments.length == 1 && isOfTheJdk(elements) ->
          elements(last, elements, place);
      case Map<?, ?> map when arguments.length == 2 && isOfTheJdk(map) -> {
        keys(arguments[0], map, place);
        yield isAnything(last) ? map : values(last, map, place);
      }
      case null, default -> value; // others an author's own manager knows
    };
  }

  private static boolean isAnything(Type type) {
    return Values.raw(type) == Object.class;
  }

  /** Of another class, that may compute its elements when it is asked for them, none is asked. */
  private static boolean isOfTheJdk(Object value) {
    return value.getClass().getName().startsWith("java.");
  }

  /** A list whose elements are seen as they pass, as those of a stream are. */
  private final class Passing extends AbstractList<@Nullable Object> {
    private final List<?> elements;
    private final Type type;
    private final String place;

    Passing(List<?> elements, Type type, String place) {
      this.elements = elements;
      this.type = type;
      this.place = place;
    }

    @Override
    public @Nullable Object get(int index) {
      return one(type, elements.get(index), place, index);
    }

    @Override
    public int size() {
      return elements.size();
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
      Iterator<?> all = elements.iterator();
      return new Iterator<>() {
        private int index;

        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public @Nullable Object next() {
          return one(type, all.next(), place, index++);
        }
      };
    }
  }

  /** The elements of one stream, counted: in order, where it is read in order. */
  private final class Rows {
    private final Type type;
    private final String place;
    private long index;

    Rows(Type type, String place) {
      this.type = type;
      this.place = place;
    }

    Stream<?> of(Stream<?> rows) {
      return rows.map(row -> one(type, row, place, index++));
    }
  }

  private Object elements(Type type, Collection<?> elements, String place) {
    @Nullable Collection<@Nullable Object> copy = null;
    int index = 0;
    for (Object element : elements) {
      Object fitting = one(type, element, place, index);
      if (copy == null && fitting != element) {
        copy = elements instanceof Set<?> ? new LinkedHashSet<>() : new ArrayList<>();
        elements.stream().limit(index).forEach(copy::add);
      }
      if (copy != null) {
        copy.add(fitting);
      }
      index++;
    }
    return copy == null ? elements : copy;
  }

  private @Nullable Object one(Type type, @Nullable Object element, String place, long index) {
    Object fitting = fit(type, element);
    if (fitting == null) {
      return null;
    }
    if (!Values.isInstance(type, fitting)) {
      throw misfit("element [" + index + "]" + place, type, fitting);
    }
    return type instanceof ParameterizedType
        ? inside(type, fitting, " of element [" + index + "]" + place)
        : fitting;
  }

  private void keys(Type type, Map<?, ?> map, String place) {
    for (Object key : map.keySet()) {
      if (key != null && !Values.isInstance(type, key)) {
        throw misfit("the key '" + key + "'" + place, type, key);
      }
    }
  }

  private Object values(Type type, Map<?, ?> map, String place) {
    @Nullable Map<Object, @Nullable Object> changed = null;
    for (var entry : map.entrySet()) {
      String where = "the value of '" + entry.getKey() + "'" + place;
      Object fitting = fit(type, entry.getValue());
      if (fitting != null && !Values.isInstance(type, fitting)) {
        throw misfit(where, type, fitting);
      }
      fitting = inside(type, fitting, " of " + where);
      if (fitting != entry.getValue()) {
        changed = changed == null ? new LinkedHashMap<>() : changed;
        changed.put(entry.getKey(), fitting);
      }
    }
    if (changed == null) {
      return map;
    }
    var all = new LinkedHashMap<Object, @Nullable Object>(map);
    all.putAll(changed);
    return all;
  }

  private @Nullable Object fit(Type type, @Nullable Object value) {
    return widens && value instanceof Number number && !Values.isInstance(type, number)
        ? Values.widened(number, type)
        : value;
  }

  private StowageException misfit(String where, Type type, Object value) {
    return new StowageException(
        ErrorCode.TYPE_MISMATCH,
        whole
            + ", but "
            + where
            + " is a "
            + value.getClass().getTypeName()
            + ", not a "
            + type.getTypeName());
  }
}
