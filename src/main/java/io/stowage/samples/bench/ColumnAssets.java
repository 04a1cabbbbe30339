package io.stowage.samples.bench;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.partition.StaticPartitions;
import java.util.stream.Stream;

/** Rows that others have written in columns. */
@AssetGroup(value = "bench", ioManager = "lake")
class ColumnAssets {
  record Row(String text, int whole) {}

  /** A file for each way of compressing it: a library of its own reads each. */
  @Asset
  @StaticPartitions({"none", "gzip", "snappy", "lz4", "zstd", "brotli"})
  Stream<Row> columns(@Input(value = "bench/files", manager = "columns") Stream<Row> files) {
    return files;
  }
}
