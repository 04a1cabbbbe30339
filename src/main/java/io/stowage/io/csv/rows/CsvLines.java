package io.stowage.io.csv.rows;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Collects the cells of a row, and tells an empty cell from an empty text in quotes. */
final class CsvLines extends AbstractBaseCsvCallbackHandler<CsvLine> {
  private final ArrayList<@Nullable String> cells = new ArrayList<>();
  private long number;

  @Override
  protected void handleBegin(long startingLineNumber) {
    cells.clear();
    number = startingLineNumber;
  }

  @Override
  protected void handleField(
      int fieldIndex, char[] buffer, int offset, int length, boolean quoted) {
    cells.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
  }

  @Override
  protected CsvLine buildRecord() {
    return new CsvLine(number, cells.toArray(new @Nullable String[0]));
  }
}
