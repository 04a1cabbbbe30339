package io.stowage.io.csv;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.object.Quarantine;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a file as records, by the columns that its header names; without the bad ones. */
final class CsvRecords implements Iterator<Object> {
  private final CsvColumns columns;
  private final CsvFile file;
  private final Quarantine quarantine;
  private final int[] places;
  private @Nullable Object next;

  CsvRecords(CsvColumns columns, CsvFile file, Quarantine quarantine) {
    this.columns = columns;
    this.file = file;
    this.quarantine = quarantine;
    this.places = columns.places(file.header());
  }

  @Override
  public boolean hasNext() {
    while (next == null && file.hasNext()) {
      CsvRow row = file.next();
      try {
        next = record(row);
      } catch (StowageException e) {
        if (e.code() != ErrorCode.BAD_DATA) {
          throw e;
        }
        quarantine.take(e, row);
      }
    }
    return next != null;
  }

  private Object record(CsvRow row) {
    int surplus = row.fields().size() - file.header().size();
    boolean empty =
        surplus > 0 && row.fields().stream().skip(file.header().size()).allMatch(Objects::isNull);
    if (surplus != 0 && !empty) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "line %d has %d fields, and the header %d%s"
              .formatted(
                  row.line(),
                  row.fields().size(),
                  file.header().size(),
                  surplus > 0
                      ? ""
                      : ": it has no column '" + file.header().get(row.fields().size()) + "'"));
    }
    return columns.record(row, places);
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object row = Objects.requireNonNull(next);
    next = null;
    return row;
  }
}
