package io.stowage.io.csv.rows;

import java.util.ArrayList;
import java.util.Collections;

/** Texts as they stand. */
record PlainReader() implements LineReader {
  @Override
  public int columns() {
    return 0;
  }

  @Override
  public Object read(CsvLine line) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < line.cells().length; i++) {
      texts.add(line.text(i));
    }
    return Collections.unmodifiableList(texts);
  }
}
