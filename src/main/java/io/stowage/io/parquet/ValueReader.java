package io.stowage.io.parquet;

import dev.hardwood.row.PqList;
import dev.hardwood.row.StructAccessor;
import dev.hardwood.schema.SchemaNode;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.object.InputShape;
import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import io.stowage.io.record.TypeUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes what the file's reader gives for a column into the value of a component. */
interface ValueReader {
  /**
   * @throws IllegalArgumentException where it cannot be one
   * @throws BadValue the same of what is inside of it
   */
  @Nullable Object read(@Nullable Object value);

  /** Of a component that the file has no column for. */
  static ValueReader absent(RecordField field) {
    return field.use().raw() == Optional.class ? _ -> Optional.empty() : _ -> null;
  }

  /**
   * @throws StowageException {@code BAD_DATA} where the column is of another type, naming both
   */
  static ValueReader of(RecordShape shape, RecordField field, SchemaNode column) {
    ValueReader reader = of(field.use(), column);
    if (reader == null) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "column '%s' is %s, from which component '%s' of '%s' cannot be read: it is a %s"
              .formatted(
                  column.name(),
                  kind(column),
                  field.name(),
                  shape.type().getSimpleName(),
                  field.use()));
    }
    return reader;
  }

  private static @Nullable ValueReader of(TypeUse use, SchemaNode column) {
    if (use.raw() == Optional.class) {
      ValueReader inner = of(use.argument(0), column);
      return inner == null
          ? null
          : value -> value == null ? Optional.empty() : Optional.ofNullable(inner.read(value));
    }
    ValueReader reader =
        switch (column) {
          case SchemaNode.PrimitiveNode single -> single(use, single);
          case SchemaNode.GroupNode group when group.isList() -> list(use, group.getListElement());
          case SchemaNode.GroupNode group when group.isStruct() -> struct(use, group);
          default -> null;
        };
    return reader == null ? null : value -> value == null ? absent(use) : reader.read(value);
  }

  private static @Nullable Object absent(TypeUse use) {
    if (use.nullable()) {
      return null;
    }
    throw new IllegalArgumentException(
        "null, but a %s is wanted; declare it Optional or @Nullable".formatted(use));
  }

  @SuppressWarnings("NullAway") // a null is answered before
  private static @Nullable ValueReader single(TypeUse use, SchemaNode.PrimitiveNode column) {
    Function<Object, Object> conversion = Conversions.of(use.raw(), ColumnKind.of(column));
    return conversion == null ? null : conversion::apply;
  }

  private static @Nullable ValueReader list(TypeUse use, SchemaNode element) {
    ValueReader each = InputShape.isList(use.raw()) ? of(use.argument(0), element) : null;
    if (each == null) {
      return null;
    }
    return value -> {
      var list = (PqList) value;
      var values = new ArrayList<@Nullable Object>();
      for (int i = 0; list != null && i < list.size(); i++) {
        values.add(each.read(list.get(i)));
      }
      return Collections.unmodifiableList(values);
    };
  }

  @SuppressWarnings("NullAway") // a null is answered before
  private static @Nullable ValueReader struct(TypeUse use, SchemaNode.GroupNode group) {
    if (!use.raw().isRecord()) {
      return null;
    }
    RecordBinding inner = RecordBinding.of(RecordShape.of(use.raw()), group.children());
    return value -> inner.record((StructAccessor) value);
  }

  private static String kind(SchemaNode column) {
    return switch (column) {
      case SchemaNode.PrimitiveNode single -> ColumnKind.of(single).toString();
      case SchemaNode.GroupNode group when group.isList() -> "a list";
      case SchemaNode.GroupNode group when group.isMap() -> "a map";
      default -> "a group of columns";
    };
  }
}
