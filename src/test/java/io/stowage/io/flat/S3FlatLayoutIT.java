package io.stowage.io.flat;

import io.stowage.fixture.S3Lake;
import io.stowage.store.ObjectStore;
import org.junit.jupiter.api.AfterAll;

class S3FlatLayoutIT extends FlatLayoutContract {
  private static final S3Lake LAKE = S3Lake.open("flat");

  @AfterAll
  static void close() {
    LAKE.close();
  }

  @Override
  ObjectStore store() {
    return LAKE.store();
  }
}
