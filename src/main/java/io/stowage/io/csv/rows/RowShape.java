package io.stowage.io.csv.rows;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.record.RecordShape;
import io.stowage.io.record.TypeUse;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** What a row of a file is to Java. */
sealed interface RowShape {
  /** Components by the names of columns. */
  record Components(RecordShape shape, List<Cell> cells) implements RowShape {}

  /** Texts by the names of columns. */
  record Named() implements RowShape {}

  /** Texts as they stand: there is no header, or it is a row like the others. */
  record Plain() implements RowShape {}

  /**
   * @throws StowageException {@code TYPE_MISMATCH} naming the type or the component that cannot be
   *     a row of text
   */
  static RowShape of(Type element) {
    TypeUse use = TypeUse.of(element);
    Class<?> raw = use.raw();
    if (raw.isRecord()) {
      RecordShape shape = RecordShape.of(raw);
      return new Components(shape, Cell.of(shape));
    }
    if (raw == Map.class
        && use.argument(0).raw() == String.class
        && use.argument(1).raw() == String.class) {
      return new Named();
    }
    if (raw == List.class && use.argument(0).raw() == String.class) {
      return new Plain();
    }
    throw new StowageException(
        ErrorCode.TYPE_MISMATCH,
        "'%s' cannot be a row of CSV: declare a record, a Map<String, String> or a List<String>"
            .formatted(use));
  }
}
