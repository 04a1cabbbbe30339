package io.stowage.io.parquet;

import io.stowage.fixture.S3Lake;
import io.stowage.store.ObjectStore;
import org.junit.jupiter.api.AfterAll;

class S3ParquetPartitionsIT extends ParquetPartitionsContract {
  private static final S3Lake LAKE = S3Lake.open("parquet");

  @AfterAll
  static void close() {
    LAKE.close();
  }

  @Override
  ObjectStore store() {
    return LAKE.store();
  }
}
