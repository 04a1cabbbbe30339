package io.stowage.io.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rows of what is parsed, and keeps an empty text apart from nothing at all. */
final class CsvRowHandler extends AbstractBaseCsvCallbackHandler<CsvRow> {
  private List<@Nullable String> fields = new ArrayList<>();
  private boolean quoted;
  private long line;

  @Override
  protected void handleBegin(long line) {
    fields = new ArrayList<>(fields.size());
    quoted = false;
  }

  @Override
  protected void handleField(int place, char[] buffer, int offset, int length, boolean quoted) {
    this.quoted = quoted;
    fields.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
  }

  @Override
  protected void handleEmpty() {
    fields.add(null);
  }

  @Override
  protected CsvRow buildRecord() {
    line = getStartingLineNumber();
    return new CsvRow(line, fields);
  }

  /** Whether the last field of the last row is in quotes. */
  boolean endsQuoted() {
    return quoted;
  }

  /** Where the last row begins. */
  long line() {
    return line;
  }
}
