package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.stowage.control.database.Database;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectInfo;
import io.stowage.store.file.FileObjectStore;
import io.stowage.store.file.FileSettings;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bad rows of partitions, stored by a real worker, and what a sweep does with them. */
@QuarkusTest
@Tag("C51")
class QuarantineRunIT {
  private static final Map<String, Object> BEARING =
      Map.of("io", Map.of("default", Map.of("quarantine.max-rows", 1)));

  @Inject Database database;
  @Inject Provider<Worker> workers;
  private FileObjectStore store;

  @BeforeEach
  void beginWithNothing() {
    database.query("DELETE FROM stowage.live"); // other tests leave attempts under way
    store =
        new FileObjectStore(
            "test",
            StoreSettings.of(
                FileSettings.class,
                Map.of("path", "target/test-home/storage", "create-folder", "true")));
    store.check();
    try (var left = store.list("flawed/")) { // by a build before, into the same folder
      left.map(ObjectInfo::key).toList().forEach(store::delete);
    }
    work(); // so that the catalog is known
  }

  private void work() {
    workers.get().once(50, Duration.ZERO);
  }

  private static JsonPath get(String path) {
    return given().get(path).then().statusCode(200).extract().jsonPath();
  }

  private JsonPath run(Map<String, Object> request) {
    var all = new HashMap<>(request);
    all.put("assets", List.of("flawed/orders"));
    all.put("config", BEARING);
    String id =
        given()
            .contentType(ContentType.JSON)
            .body(all)
            .post("/v1/runs")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    work();
    return get("/v1/runs/" + id);
  }

  private List<String> objects() {
    try (var all = store.list("flawed/")) {
      return all.map(ObjectInfo::key).map(Object::toString).toList();
    }
  }

  private List<String> quarantines() {
    return objects().stream().filter(key -> key.contains("@quarantine")).toList();
  }

  private List<String> current() {
    return get("/v1/materializations?asset=flawed/orders&current=true")
        .getList("items.metadata.quarantine.value");
  }

  @Test
  void thoseOfWhatIsCurrentStayAndTheOthersGoWithTheirMaterialization() {
    for (int i = 0; i < 3; i++) {
      for (String town : List.of("Basel", "Chur")) {
        assertThat(run(Map.of("partition", town)).getString("state")).isEqualTo("succeeded");
      }
    }
    assertThat(objects()).hasSize(12);
    assertThat(quarantines()).hasSize(6);

    JsonPath swept =
        run(
            Map.of(
                "kind",
                "sweep",
                "options",
                Map.of("keep", 1, "grace", "0s", "orphan-grace", "0s")));

    assertThat(swept.getString("state")).as(swept.prettify()).isEqualTo("succeeded");
    assertThat(objects()).hasSize(4);
    assertThat(current())
        .hasSize(2)
        .allSatisfy(
            uri ->
                assertThat(quarantines())
                    .anySatisfy(
                        key -> assertThat(uri).endsWith(key.substring(key.lastIndexOf('/')))));
  }
}
