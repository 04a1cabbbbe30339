package io.stowage.io.csv.rows;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;

/** Texts by the names of columns, in their order. */
record NamedReader(CsvLine header) implements LineReader {
  NamedReader {
    var names = new HashSet<String>();
    for (int i = 0; i < header.cells().length; i++) {
      if (!names.add(header.text(i))) {
        throw new StowageException(
            ErrorCode.BAD_DATA,
            "the header has the column '%s' twice: read the rows as List<String>"
                .formatted(header.text(i)));
      }
    }
  }

  @Override
  public int columns() {
    return header.cells().length;
  }

  @Override
  public Object read(CsvLine line) {
    line.checkLength(header);
    var row = new LinkedHashMap<String, String>();
    for (int i = 0; i < columns(); i++) {
      row.put(header.text(i), line.text(i));
    }
    return Collections.unmodifiableMap(row);
  }
}
