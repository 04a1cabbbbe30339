package io.stowage.io.parquet;

import io.stowage.api.InputContext;
import io.stowage.io.object.InputShape;
import java.util.stream.Stream;

/** What was found in the files of one input, which are opened side by side. */
final class FilesSeen {
  private long rows;
  private int read;
  private int columns;

  synchronized void add(ParquetRows file) {
    rows += file.count();
    read = Math.max(read, file.columnsRead());
    columns = Math.max(columns, file.columnsInFile());
  }

  /** Of a stream over several files only the first is open by now, so that the rows are unknown. */
  synchronized void describe(InputContext context) {
    boolean all =
        InputShape.raw(context.type()) != Stream.class || context.partitions().size() <= 1;
    if (all) {
      context.addInputMetadata("rows", rows);
    }
    context.addInputMetadata("columns_read", read);
    context.addInputMetadata("columns_in_file", columns);
  }
}
