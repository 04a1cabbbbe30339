package io.stowage.engine.value;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows of any value: names and plain values. */
final class Rows {
  private static final String VALUE = "value";

  private Rows() {}

  static Stream<Map<String, @Nullable Object>> of(@Nullable Object value) {
    return switch (value) {
      case Stream<?> rows -> rows.map(Rows::row);
      case Collection<?> rows -> rows.stream().map(Rows::row);
      case Iterator<?> rows ->
          StreamSupport.stream(
                  Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
              .map(Rows::row);
      case null, default -> Stream.of(row(value));
    };
  }

  private static Map<String, @Nullable Object> row(@Nullable Object value) {
    if (plain(value) instanceof Map<?, ?> fields) {
      var row = new LinkedHashMap<String, @Nullable Object>();
      fields.forEach((name, field) -> row.put(String.valueOf(name), field));
      return row;
    }
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put(VALUE, plain(value));
    return row;
  }

  /** Records as maps, enums as their names, all the way down. */
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Record row -> components(row);
      case Enum<?> constant -> constant.name();
      case Optional<?> optional -> plain(optional.orElse(null));
      case Map<?, ?> map -> {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, each) -> plain.put(String.valueOf(name), plain(each)));
        yield plain;
      }
      case Collection<?> all -> {
        List<@Nullable Object> plain = new java.util.ArrayList<>();
        all.forEach(each -> plain.add(plain(each)));
        yield plain;
      }
      default -> value;
    };
  }

  private static Map<String, @Nullable Object> components(Record row) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.put(component.getName(), plain(component.getAccessor().invoke(row)));
      } catch (InvocationTargetException | IllegalAccessException e) {
        throw new IllegalStateException(
            "cannot read '" + component.getName() + "' of a " + row.getClass().getName(), e);
      }
    }
    return values;
  }
}
