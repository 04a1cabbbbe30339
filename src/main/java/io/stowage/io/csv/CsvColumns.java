package io.stowage.io.csv;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.record.ColumnNames;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record's components as columns: by name, else whatever their case and underscores, {@code
 * tempMax} and {@code temp_max}.
 */
final class CsvColumns {
  private static final int LONGEST_NAMED = 200;

  /**
   * So that it is read again: the parser bounds what a forgotten quote may hold, quotes doubled.
   */
  private static final int LONGEST = 8 * 1024 * 1024 - 1;

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final Column[] columns;

  private record Column(
      RecordComponent component, CsvScalar scalar, boolean nullable, boolean optional) {
    String name() {
      return component.getName();
    }

    /** Where it stands in a file, by its name, else by one that it had before; -1 for nowhere. */
    int place(List<String> header) {
      for (String name : names()) {
        int place = ColumnNames.place(name, header);
        if (place >= 0 && ColumnNames.ambiguous(name, header)) {
          throw new StowageException(
              ErrorCode.BAD_DATA,
              "more than one column could be '" + name + "': the header has " + header);
        }
        if (place >= 0) {
          return place;
        }
      }
      return -1;
    }

    private List<String> names() {
      Alias alias = component.getAnnotation(Alias.class);
      return alias == null
          ? List.of(name())
          : Stream.concat(Stream.of(name()), Arrays.stream(alias.value())).toList();
    }

    /** Whether it may be null, and the file lack it. */
    boolean mayMiss() {
      return nullable || optional;
    }

    private @Nullable Object value(@Nullable String text, long line) {
      if (mayMiss() && (text == null || (text.isEmpty() && !scalar.isText()))) {
        return optional ? Optional.empty() : null;
      }
      String given = text == null ? "" : text;
      try {
        Object value = scalar.parse(given);
        return optional ? Optional.of(value) : value;
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
        throw new StowageException(
            ErrorCode.BAD_DATA,
            "line %d, column '%s': '%s' is no %s"
                .formatted(line, name(), shortened(given), scalar.name()),
            e);
      }
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_NAMED ? text : text.substring(0, LONGEST_NAMED - 1) + "…";
  }

  private CsvColumns(Class<?> type, Constructor<?> constructor, Column[] columns) {
    this.type = type;
    this.constructor = constructor;
    this.columns = columns;
  }

  /**
   * @throws StowageException {@code TYPE_MISMATCH} where it is no record of single values
   */
  static CsvColumns of(Type type) {
    if (!(type instanceof Class<?> raw) || !raw.isRecord()) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH, "CSV holds rows of records, not a " + type.getTypeName());
    }
    RecordComponent[] components = raw.getRecordComponents();
    try {
      var constructor =
          raw.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new CsvColumns(
          raw,
          constructor,
          Arrays.stream(components).map(each -> column(raw, each)).toArray(Column[]::new));
    } catch (NoSuchMethodException e) {
      throw new StowageException(
          ErrorCode.INTERNAL_ERROR,
          "record " + raw.getName() + " has no canonical constructor here",
          e);
    }
  }

  private static Column column(Class<?> type, RecordComponent component) {
    component.getAccessor().setAccessible(true);
    boolean optional = component.getType() == Optional.class;
    Type value =
        optional
            ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
            : component.getType();
    CsvScalar scalar = value instanceof Class<?> raw ? CsvScalar.of(raw) : null;
    if (scalar == null) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "a column of CSV holds a single value: component '"
              + component.getName()
              + "' of "
              + type.getSimpleName()
              + " is a "
              + component.getGenericType().getTypeName());
    }
    boolean nullable =
        Stream.of(component.getAnnotations(), component.getAnnotatedType().getAnnotations())
            .flatMap(Arrays::stream)
            .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
    return new Column(component, scalar, nullable, optional);
  }

  List<String> names() {
    return Arrays.stream(columns).map(Column::name).toList();
  }

  /** Names and kinds of the columns. */
  Map<String, String> schema() {
    var schema = new LinkedHashMap<String, String>();
    for (Column column : columns) {
      schema.put(column.name(), column.component.getType().getSimpleName());
    }
    return schema;
  }

  /** Names of the columns that a file may lack. */
  Set<String> mayMiss() {
    return Arrays.stream(columns)
        .filter(Column::mayMiss)
        .map(Column::name)
        .collect(Collectors.toSet());
  }

  /** By their names, those of a file's columns that they are read from. */
  Map<String, String> matches(List<String> header) {
    var matches = new LinkedHashMap<String, String>();
    for (Column column : columns) {
      int place = column.place(header);
      if (place >= 0) {
        matches.put(column.name(), header.get(place));
      }
    }
    return matches;
  }

  /**
   * Where each column stands in a file.
   *
   * @throws StowageException {@code BAD_DATA} where a column is missing that cannot be null, or is
   *     there twice
   */
  int[] places(List<String> header) {
    int[] places = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      places[i] = columns[i].place(header);
      if (places[i] < 0 && !columns[i].mayMiss()) {
        throw new StowageException(
            ErrorCode.BAD_DATA,
            "there is no column '" + columns[i].name() + "': the header has " + header);
      }
    }
    return places;
  }

  /**
   * @param places where each column stands; -1 where the file has none
   * @throws StowageException {@code BAD_DATA} naming line, column and text
   */
  Object record(CsvRow row, int[] places) {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      String text = places[i] < 0 ? null : row.fields().get(places[i]);
      values[i] = columns[i].value(text, row.line());
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "line " + row.line() + " is refused by " + type.getSimpleName() + ": " + e.getCause(),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new StowageException(ErrorCode.INTERNAL_ERROR, "cannot make a " + type.getName(), e);
    }
  }

  /**
   * The fields of a row; null is nothing at all, which an empty text is not.
   *
   * @param number of the row, from 1
   */
  @Nullable String[] fields(@Nullable Object row, long number) {
    if (row == null) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH, "record " + number + " cannot be stored: it is null");
    }
    @Nullable String[] fields = new String[columns.length];
    for (int i = 0; i < columns.length; i++) {
      try {
        Object value = columns[i].component.getAccessor().invoke(row);
        Object inner = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
        if (inner == null && !columns[i].mayMiss()) {
          throw new StowageException(
              ErrorCode.TYPE_MISMATCH,
              "record %d cannot be stored: '%s' is null; declare it Optional or @Nullable"
                  .formatted(number, columns[i].name()));
        }
        fields[i] = inner == null ? null : text(columns[i], inner, number);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        throw new StowageException(
            ErrorCode.TYPE_MISMATCH,
            "record "
                + number
                + " cannot be stored: it is a "
                + row.getClass().getName()
                + ", not a "
                + type.getName(),
            e);
      }
    }
    return fields;
  }

  private static String text(Column column, Object value, long number) {
    String text = CsvScalar.text(value);
    if (text.length() > LONGEST) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "record %d cannot be stored: '%s' has %d characters, and a field of CSV %d at most"
              .formatted(number, column.name(), text.length(), LONGEST));
    }
    return text;
  }
}
