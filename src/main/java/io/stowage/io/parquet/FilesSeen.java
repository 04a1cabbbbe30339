package io.stowage.io.parquet;

import io.stowage.api.InputContext;

/**
 * What was found in the files of one input, which are opened side by side, or as a stream is read.
 */
final class FilesSeen {
  private final InputContext context;
  private long rows;
  private int read;
  private int columns;

  FilesSeen(InputContext context) {
    this.context = context;
  }

  synchronized void add(ParquetRows file) {
    rows += file.count();
    read = Math.max(read, file.columnsRead());
    columns = Math.max(columns, file.columnsInFile());
    describe();
  }

  /** Of a stream over several files only the first is open when it is loaded. */
  synchronized void describe() {
    context.addInputMetadata("rows", rows);
    context.addInputMetadata("columns_read", read);
    context.addInputMetadata("columns_in_file", columns);
  }
}
