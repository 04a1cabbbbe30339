package io.stowage.io.object;

import io.stowage.fixture.S3Lake;
import io.stowage.store.ObjectStore;
import org.junit.jupiter.api.AfterAll;

class S3QuarantineIT extends QuarantineContract {
  private static final S3Lake LAKE = S3Lake.open("quarantine");

  @AfterAll
  static void close() {
    LAKE.close();
  }

  @Override
  ObjectStore store() {
    return LAKE.store();
  }
}
