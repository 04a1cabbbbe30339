package io.stowage.io.csv;

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
  private final Class<?> type;
  private final Constructor<?> constructor;
  private final Column[] columns;

  private record Column(
      RecordComponent component, CsvScalar scalar, boolean nullable, boolean optional) {
    String name() {
      return component.getName();
    }
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
        .filter(column -> column.nullable || column.optional)
        .map(Column::name)
        .collect(Collectors.toSet());
  }

  /** The name in the header that means the column; empty where there is none. */
  static String match(String name, List<String> header) {
    int place = ColumnNames.place(name, header);
    return place < 0 ? "" : header.get(place);
  }

  /**
   * Where each column stands in a file.
   *
   * @throws StowageException {@code BAD_DATA} where a column is missing that cannot be null
   */
  int[] places(List<String> header) {
    int[] places = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      places[i] = ColumnNames.place(columns[i].name(), header);
      if (places[i] < 0 && !columns[i].nullable && !columns[i].optional) {
        throw new StowageException(
            ErrorCode.BAD_DATA,
            "there is no column '" + columns[i].name() + "': the header has " + header);
      }
    }
    return places;
  }

  Object record(List<String> fields, int[] places, long line) {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] =
          value(
              columns[i],
              places[i] < 0
                  ? ""
                  : places[i] < fields.size() ? fields.get(places[i]) : missing(columns[i], line),
              line);
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "line " + line + " is refused by " + type.getSimpleName() + ": " + e.getCause(),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new StowageException(ErrorCode.INTERNAL_ERROR, "cannot make a " + type.getName(), e);
    }
  }

  private static String missing(Column column, long line) {
    throw new StowageException(
        ErrorCode.BAD_DATA,
        "line " + line + " is too short: it has no column '" + column.name() + "'");
  }

  private static @Nullable Object value(Column column, String text, long line) {
    if (text.isEmpty() && (column.nullable || column.optional)) {
      return column.optional ? Optional.empty() : null;
    }
    try {
      Object value = column.scalar.parse().apply(text);
      return column.optional ? Optional.of(value) : value;
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "line "
              + line
              + ", column '"
              + column.name()
              + "': '"
              + text
              + "' is no "
              + column.scalar.name(),
          e);
    }
  }

  /** The fields of a row; null is nothing at all, which an empty text is not. */
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
        if (inner == null && !columns[i].nullable && !columns[i].optional) {
          throw new StowageException(
              ErrorCode.TYPE_MISMATCH,
              "record %d cannot be stored: '%s' is null; declare it Optional or @Nullable"
                  .formatted(number, columns[i].name()));
        }
        fields[i] = inner == null ? null : inner.toString();
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
}
