package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.table.column.ColumnType;
import io.stowage.io.table.column.CopyRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes records of rows, of those columns alone that the record has and the input asks for. */
final class RowLoader implements SliceQuery.Rows {
  private final LiveTable table;
  private final RowColumns rows;
  private final List<Source> sources;

  /** A field, and the column that it is loaded from; null for one that is left out. */
  private record Source(
      RowColumns.Field field, @Nullable String column, @Nullable ColumnType type) {}

  private RowLoader(LiveTable table, RowColumns rows, List<Source> sources) {
    this.table = table;
    this.rows = rows;
    this.sources = sources;
  }

  /**
   * @param wanted names of components or columns, separated by commas; null for all
   * @throws StowageException {@code BAD_DATA} where the table does not have what the record needs;
   *     {@code TYPE_MISMATCH} where a component is left out that cannot be null
   */
  static RowLoader of(LiveTable table, RowColumns rows, @Nullable String wanted) {
    List<@Nullable String> bound = rows.columnsIn(table);
    List<String> names =
        wanted == null ? List.of() : Arrays.stream(wanted.split(",")).map(String::strip).toList();
    var sources = new ArrayList<Source>();
    for (int i = 0; i < bound.size(); i++) {
      RowColumns.Field field = rows.fields().get(i);
      String column = bound.get(i);
      boolean asked =
          wanted == null
              || names.contains(field.name())
              || (column != null && names.contains(column));
      sources.add(asked ? source(table, field, column) : leftOut(rows, field, names));
    }
    for (String name : names) {
      if (sources.stream().noneMatch(s -> s.field.name().equals(name) || name.equals(s.column))) {
        throw new StowageException(
            ErrorCode.TYPE_MISMATCH,
            "option columns names '%s', but record '%s' has no such component"
                .formatted(name, rows.record()));
      }
    }
    return new RowLoader(table, rows, sources);
  }

  private static Source leftOut(RowColumns rows, RowColumns.Field field, List<String> wanted) {
    if (!field.nullable()) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "option columns is %s, but component '%s' of record '%s' cannot be null: name it too, or take a record without it"
              .formatted(wanted, field.name(), rows.record()));
    }
    return new Source(field, null, null);
  }

  private static Source source(LiveTable table, RowColumns.Field field, @Nullable String column) {
    LiveTable.Column live = column == null ? null : table.columns().get(column);
    if (live == null) {
      if (field.nullable()) {
        return new Source(field, null, null);
      }
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "table %s has no column '%s': it has %s"
              .formatted(table.name(), field.name(), table.columns().keySet()));
    }
    if (live.type() == null || !field.kind().loadsFrom(live.type())) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "table %s has column '%s' of type %s, but the record has it as %s"
              .formatted(table.name(), column, live.sql(), field.kind().sql().sql()));
    }
    return new Source(field, column, live.type());
  }

  @Override
  public LiveTable table() {
    return table;
  }

  @Override
  public List<String> columns() {
    return sources.stream().map(Source::column).filter(Objects::nonNull).toList();
  }

  @Override
  public Object load(CopyRow row) {
    @Nullable Object[] values = new Object[sources.size()];
    for (int i = 0; i < values.length; i++) {
      Source source = sources.get(i);
      try {
        Object value = source.type == null || !row.next() ? null : source.type.read(row);
        values[i] = source.field.loaded(value);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new StowageException(
            ErrorCode.BAD_DATA,
            "table %s, column '%s' cannot be read as component '%s' of record '%s': %s"
                .formatted(
                    table.name(),
                    source.column,
                    source.field.name(),
                    rows.record(),
                    e.getMessage()),
            e);
      }
    }
    try {
      return rows.shape().build(values);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA, "table " + table.name() + ": " + e.getMessage(), e);
    }
  }
}
