package io.stowage.io.csv.rows;

import io.stowage.io.record.TextForm;
import java.util.function.Function;

/** How values of one type stand in a cell. */
record CellForm(TextForm text, Function<Object, String> writer) {
  static CellForm of(String what, Function<String, Object> parser) {
    return new CellForm(new TextForm(what, parser), Object::toString);
  }

  String write(Object value) {
    return writer.apply(value);
  }

  /**
   * @throws IllegalArgumentException saying what the cell has, and what it should be
   */
  Object read(String cell) {
    return text.parse(cell);
  }
}
