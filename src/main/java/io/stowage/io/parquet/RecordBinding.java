package io.stowage.io.parquet;

import dev.hardwood.row.StructAccessor;
import dev.hardwood.schema.SchemaNode;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.record.ColumnNames;
import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The components of a record and the columns of one file that they are read from. */
final class RecordBinding {
  private final RecordShape shape;
  private final List<Bound> bound;

  /**
   * @param column empty where the file has none, and the component may be without
   */
  private record Bound(RecordField field, String column, ValueReader reader) {}

  private RecordBinding(RecordShape shape, List<Bound> bound) {
    this.shape = shape;
    this.bound = bound;
  }

  /**
   * @throws StowageException {@code BAD_DATA} where a column is missing, or is of another type
   */
  static RecordBinding of(RecordShape shape, List<SchemaNode> columns) {
    List<String> names = columns.stream().map(SchemaNode::name).toList();
    var bound = new ArrayList<Bound>();
    for (RecordField field : shape.fields()) {
      int place = place(field, names);
      if (place >= 0) {
        bound.add(
            new Bound(field, names.get(place), ValueReader.of(shape, field, columns.get(place))));
      } else if (mayMiss(field)) {
        bound.add(new Bound(field, "", ValueReader.absent(field)));
      } else {
        throw new StowageException(
            ErrorCode.BAD_DATA,
            "there is no column '%s' for component '%s' of '%s': the file has %s"
                .formatted(field.name(), field.name(), shape.type().getSimpleName(), names));
      }
    }
    return new RecordBinding(shape, List.copyOf(bound));
  }

  private static int place(RecordField field, List<String> names) {
    return Stream.concat(Stream.of(field.name()), field.aliases().stream())
        .mapToInt(name -> ColumnNames.place(name, names))
        .filter(place -> place >= 0)
        .findFirst()
        .orElse(-1);
  }

  private static boolean mayMiss(RecordField field) {
    return field.use().nullable() || field.use().raw() == Optional.class;
  }

  /** The columns of the file that are read. */
  List<String> columns() {
    return bound.stream()
        .map(Bound::column)
        .filter(column -> !column.isEmpty())
        .distinct()
        .toList();
  }

  /**
   * @throws BadValue where a value cannot be the component's
   */
  Object record(StructAccessor row) {
    @Nullable Object[] values = new Object[bound.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(bound.get(i), row);
    }
    try {
      return shape.build(values);
    } catch (IllegalArgumentException e) {
      throw new BadValue(": " + e.getMessage());
    }
  }

  private static @Nullable Object value(Bound each, StructAccessor row) {
    try {
      return each.reader.read(each.column.isEmpty() ? null : row.getValue(each.column));
    } catch (IllegalArgumentException e) {
      throw new BadValue(", column '" + each.column + "': " + e.getMessage());
    } catch (BadValue e) {
      throw new BadValue(", column '" + each.column + "'" + e.getMessage());
    }
  }
}
