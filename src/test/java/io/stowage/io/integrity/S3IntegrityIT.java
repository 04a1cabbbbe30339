package io.stowage.io.integrity;

import io.stowage.fixture.S3Lake;
import io.stowage.store.ObjectStore;
import org.junit.jupiter.api.AfterAll;

class S3IntegrityIT extends IntegrityContract {
  private static final S3Lake LAKE = S3Lake.open("integrity");

  @AfterAll
  static void close() {
    LAKE.close();
  }

  @Override
  ObjectStore store() {
    return LAKE.store();
  }
}
