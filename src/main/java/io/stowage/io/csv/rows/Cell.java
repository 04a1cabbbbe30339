package io.stowage.io.csv.rows;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import io.stowage.io.record.TypeUse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record, as a cell.
 *
 * @param optional whether it is an {@code Optional}
 * @param nullable whether an empty cell is null, or the empty optional
 */
record Cell(RecordField field, CellForm form, boolean optional, boolean nullable, boolean text) {

  /**
   * @throws StowageException {@code TYPE_MISMATCH} naming the component that a cell cannot hold
   */
  static List<Cell> of(RecordShape shape) {
    return shape.fields().stream().map(field -> of(shape, field)).toList();
  }

  private static Cell of(RecordShape shape, RecordField field) {
    TypeUse use = field.use();
    boolean optional = use.raw() == Optional.class;
    Class<?> type = optional ? use.argument(0).raw() : use.raw();
    CellForm form = CellForms.of(type);
    if (form == null) {
      String reason =
          type.isRecord()
              ? "a nested record has no single cell: give its components to the row itself, or store the rows as Avro"
              : "a cell holds a number, a text, a date, a time or an enum";
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "'%s' in '%s' of '%s' cannot be stored as CSV: %s"
              .formatted(use, field.name(), shape.type().getTypeName(), reason));
    }
    return new Cell(field, form, optional, optional || use.nullable(), type == String.class);
  }

  /**
   * @return null for an empty cell; an empty text is not null, and the writer quotes it
   */
  @Nullable String write(Object row) {
    Object value = field.of(row);
    if (value instanceof Optional<?> present) {
      value = present.orElse(null);
    }
    if (value != null) {
      return form.write(value);
    }
    if (!nullable) {
      throw new IllegalArgumentException(
          "null is not allowed there: declare it @Nullable or Optional, or give it a value");
    }
    return null;
  }

  /**
   * @throws IllegalArgumentException saying what the cell has, and what it should be
   */
  @Nullable Object read(@Nullable String cell) {
    Object value = present(cell);
    return optional ? Optional.ofNullable(value) : value;
  }

  /**
   * An empty cell is null where it may be, else an empty text; other types but text are empty in
   * quotes, too.
   */
  private @Nullable Object present(@Nullable String cell) {
    if (cell != null && (text || !cell.isEmpty())) {
      return form.read(cell);
    }
    if (nullable) {
      return null;
    }
    if (text) {
      return "";
    }
    throw new IllegalArgumentException(
        "empty, but '%s' is neither @Nullable nor Optional".formatted(field.name()));
  }
}
