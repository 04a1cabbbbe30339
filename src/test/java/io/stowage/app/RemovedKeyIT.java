package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A dynamic partition key that goes while a run asks for it: a run that waits fails when it is
 * begun, one that is under way goes on.
 */
@QuarkusTest
@Tag("C43")
class RemovedKeyIT {
  private static final String DEFINITION = "range-towns";

  @Inject Provider<Worker> workers;
  private final String key = "gone-" + UUID.randomUUID();

  @BeforeEach
  void bringTheCatalog() {
    work();
    keys("add");
  }

  @AfterEach
  void forget() {
    RangeAssets.meanwhile.set(() -> {});
    keys("remove");
  }

  private void work() {
    workers.get().once(50, Duration.ZERO);
  }

  private void keys(String change) {
    post("/v1/partitions", Map.of("definition", DEFINITION, change, List.of(key)), 200);
  }

  private static JsonPath post(String path, Map<String, Object> body, int status) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post(path)
        .then()
        .statusCode(status)
        .extract()
        .jsonPath();
  }

  private String submit() {
    return post(
            "/v1/runs",
            Map.of("assets", List.of("ranges/town"), "partition", key, "queue", "ranges"),
            201)
        .getString("id");
  }

  private static JsonPath get(String path) {
    return given().get(path).then().statusCode(200).extract().jsonPath();
  }

  @Test
  void aRunThatWaitsFailsWithASentence() {
    String run = submit();
    keys("remove");
    work();

    JsonPath ended = get("/v1/runs/" + run);
    assertThat(ended.getString("state")).isEqualTo("failed");
    assertThat(ended.getString("error.code")).isEqualTo("unknown_partition");
    assertThat(ended.getString("error.message"))
        .contains("ranges/town", "'" + key + "'", "dynamic partitions '" + DEFINITION + "'");
    assertThat(get("/v1/materializations?run=" + run).getList("items")).isEmpty();
  }

  @Test
  void aRunUnderWayGoesOnAndItsOutputIsKept() {
    String run = submit();
    RangeAssets.meanwhile.set(() -> keys("remove"));
    work();

    assertThat(get("/v1/runs/" + run).getString("state")).isEqualTo("succeeded");
    assertThat(get("/v1/materializations?run=" + run).getList("items.partition"))
        .containsExactly(key);
  }

  @Test
  void nobodyMayAskForItAnyMore() {
    keys("remove");
    post(
        "/v1/runs",
        Map.of("assets", List.of("ranges/town"), "partition", key, "queue", "ranges"),
        422);
  }
}
