package io.stowage.io.csv.rows;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import org.jspecify.annotations.Nullable;

/**
 * A row as it stands.
 *
 * @param number of the line where it begins, from 1
 * @param cells null where a cell is empty and not quoted
 */
record CsvLine(long number, @Nullable String[] cells) {
  boolean isBlank() {
    return cells.length == 0 || (cells.length == 1 && cells[0] == null);
  }

  /** A blank line is a single empty cell, where there is a single column. */
  void checkLength(CsvLine header) {
    boolean fits = cells.length == header.cells.length || (isBlank() && header.cells.length == 1);
    if (!fits) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "line %d has %d cells, but the header has %d"
              .formatted(number, cells.length, header.cells.length));
    }
  }

  @Nullable String cell(int column) {
    return cells[column];
  }

  String text(int column) {
    String cell = column < cells.length ? cells[column] : null;
    return cell == null ? "" : cell;
  }
}
