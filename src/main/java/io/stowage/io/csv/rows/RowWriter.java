package io.stowage.io.csv.rows;

import io.stowage.io.record.RecordField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a row into cells; throws {@code IllegalArgumentException} where it cannot. */
final class RowWriter {
  private final RowShape shape;
  private List<String> columns;

  RowWriter(RowShape shape) {
    this.shape = shape;
    this.columns =
        switch (shape) {
          case RowShape.Components(_, List<Cell> cells) ->
              cells.stream().map(Cell::field).map(RecordField::name).toList();
          case RowShape.Named(), RowShape.Plain() -> List.of();
        };
  }

  /** Of maps, known when the first one was written. */
  List<String> columns() {
    return columns;
  }

  List<@Nullable String> cells(@Nullable Object row) {
    return switch (shape) {
      case RowShape.Components components -> components(components, row);
      case RowShape.Named() ->
          row instanceof Map<?, ?> map && !map.isEmpty()
              ? named(map)
              : notA("Map<String, String>", row);
      case RowShape.Plain() ->
          row instanceof List<?> list && !list.isEmpty() ? plain(list) : notA("List<String>", row);
    };
  }

  private static List<@Nullable String> components(
      RowShape.Components components, @Nullable Object row) {
    if (row == null || !components.shape().type().isInstance(row)) {
      return notA(components.shape().type().getSimpleName(), row);
    }
    var texts = new ArrayList<@Nullable String>(components.cells().size());
    for (Cell cell : components.cells()) {
      try {
        texts.add(cell.write(row));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'%s': %s".formatted(cell.field().name(), e.getMessage()), e);
      }
    }
    return texts;
  }

  private List<@Nullable String> named(Map<?, ?> row) {
    if (columns.isEmpty()) {
      columns = row.keySet().stream().map(String::valueOf).toList();
    }
    if (row.size() != columns.size() || !row.keySet().containsAll(columns)) {
      throw new IllegalArgumentException(
          "its keys are %s, but the columns are %s"
              .formatted(row.keySet(), String.join(", ", columns)));
    }
    var texts = new ArrayList<@Nullable String>(columns.size());
    columns.forEach(column -> texts.add(text(column, row.get(column))));
    return texts;
  }

  private static List<@Nullable String> plain(List<?> row) {
    var texts = new ArrayList<@Nullable String>(row.size());
    for (int i = 0; i < row.size(); i++) {
      texts.add(text(Integer.toString(i), row.get(i)));
    }
    return texts;
  }

  private static String text(String column, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "'%s': %s is not a text"
            .formatted(
                column,
                value == null
                    ? "null"
                    : "a value of type '" + value.getClass().getTypeName() + "'"));
  }

  private static List<@Nullable String> notA(String declared, @Nullable Object row) {
    throw new IllegalArgumentException(
        row == null
            ? "it is null"
            : row.equals(List.of()) || row.equals(Map.of())
                ? "a row has at least one cell"
                : "it is of type '%s', not '%s'".formatted(row.getClass().getTypeName(), declared));
  }
}
