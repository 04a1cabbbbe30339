package io.stowage.io.csv.rows;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.record.RecordField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Records from the columns that are called like their components. */
final class ComponentsReader implements LineReader {
  private static final int NOWHERE = -1;

  private final RowShape.Components components;
  private final CsvLine header;
  private final int[] places;

  private ComponentsReader(RowShape.Components components, CsvLine header, int[] places) {
    this.components = components;
    this.header = header;
    this.places = places;
  }

  /**
   * @throws StowageException {@code BAD_DATA} naming the column that is missing, or is there more
   *     than once
   */
  static ComponentsReader of(RowShape.Components components, CsvLine header) {
    List<String> columns =
        IntStream.range(0, header.cells().length).mapToObj(i -> header.text(i).strip()).toList();
    int[] places = components.cells().stream().mapToInt(cell -> place(cell, columns)).toArray();
    return new ComponentsReader(components, header, places);
  }

  private static int place(Cell cell, List<String> columns) {
    RecordField field = cell.field();
    var names = new ArrayList<String>(field.aliases());
    names.addFirst(field.name());
    List<BiPredicate<String, String>> equalities =
        List.of(String::equals, (name, column) -> plain(name).equals(plain(column)));
    for (BiPredicate<String, String> equality : equalities) {
      for (String name : names) {
        int[] found =
            IntStream.range(0, columns.size())
                .filter(i -> equality.test(name, columns.get(i)))
                .toArray();
        if (found.length > 1) {
          throw new StowageException(
              ErrorCode.BAD_DATA,
              "the columns '%s' and '%s' both stand for '%s'"
                  .formatted(columns.get(found[0]), columns.get(found[1]), field.name()));
        }
        if (found.length == 1) {
          return found[0];
        }
      }
    }
    if (cell.nullable()) {
      return NOWHERE;
    }
    throw new StowageException(
        ErrorCode.BAD_DATA,
        "there is no column '%s': the header has %s"
            .formatted(field.name(), String.join(", ", columns)));
  }

  private static String plain(String name) {
    return name.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public int columns() {
    return header.cells().length;
  }

  @Override
  public Object read(CsvLine line) {
    line.checkLength(header);
    List<Cell> cells = components.cells();
    var values = new @Nullable Object[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] =
          places[i] == NOWHERE ? cells.get(i).read(null) : value(cells.get(i), line, places[i]);
    }
    try {
      return components.shape().build(values);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA, "line %d: %s".formatted(line.number(), e.getMessage()), e);
    }
  }

  private @Nullable Object value(Cell cell, CsvLine line, int place) {
    try {
      return cell.read(place < line.cells().length ? line.cell(place) : null);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "line %d, column '%s': %s"
              .formatted(line.number(), header.text(place).strip(), e.getMessage()),
          e);
    }
  }
}
