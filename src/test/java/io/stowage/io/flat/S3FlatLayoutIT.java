package io.stowage.io.flat;

import io.stowage.fixture.S3Endpoint;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectStore;
import io.stowage.store.s3.S3ObjectStore;
import io.stowage.store.s3.S3Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class S3FlatLayoutIT extends FlatLayoutContract {
  private static final S3Endpoint ENDPOINT = S3Endpoint.start();
  private static final ObjectStore STORE = open();

  private static ObjectStore open() {
    Map<String, String> settings = new HashMap<>(ENDPOINT.settings("flat-" + UUID.randomUUID()));
    settings.put("create-bucket", "true");
    return S3ObjectStore.open("lake", StoreSettings.of(S3Settings.class, settings));
  }

  @BeforeAll
  static void createTheBucket() {
    STORE.check();
  }

  @AfterAll
  static void endThem() {
    STORE.close();
    ENDPOINT.close();
  }

  @Override
  ObjectStore store() {
    return STORE;
  }
}
