package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.stowage.control.backfill.Expander;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Annotated assets over ranges, from the request over HTTP to the objects that are stored. */
@QuarkusTest
class RangeIT {
  @Inject Provider<Worker> workers;
  @Inject Expander expander;
  @Inject MappingBeans mappings;

  @BeforeEach
  void bringTheCatalog() {
    work();
  }

  /** Executes what waits. */
  private void work() {
    workers.get().once(50, Duration.ZERO);
  }

  private static JsonPath get(String path) {
    return given().get(path).then().statusCode(200).extract().jsonPath();
  }

  private static String post(String path, Object body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post(path)
        .then()
        .statusCode(org.hamcrest.Matchers.lessThan(300))
        .extract()
        .path("id");
  }

  /** Runs the request, and gives the run as it ended. */
  private JsonPath run(Map<String, Object> request) {
    var queued = new java.util.HashMap<>(request);
    queued.put("queue", "ranges");
    String id = post("/v1/runs", queued);
    work();
    return get("/v1/runs/" + id);
  }

  private JsonPath backfill(List<String> assets) {
    String id = post("/v1/backfills", Map.of("assets", assets, "queue", "ranges"));
    JsonPath view = get("/v1/backfills/" + id);
    for (int round = 0; round < 20 && view.getString("finished_at") == null; round++) {
      expander.expand();
      work();
      expander.expand();
      view = get("/v1/backfills/" + id);
    }
    return view;
  }

  @Test
  @Tag("C47")
  @Tag("C48")
  void aBackfillComputesRangesAndStoresEachPartition() {
    JsonPath ended = backfill(List.of("ranges/raw", "ranges/rows", "ranges/sums"));
    assertThat(ended.getString("state")).isEqualTo("succeeded");
    assertThat(ended.getInt("counts.succeeded")).isEqualTo(9);

    var rows = get("/v1/materializations?asset=ranges/rows&current=true");
    assertThat(rows.getList("items.partition"))
        .containsExactlyInAnyOrder("2020-01", "2020-02", "2020-03");
    assertThat(rows.getList("items.rows")).containsOnly(2);
    assertThat(new HashSet<>(rows.getList("items.run_id"))).hasSize(1);
    assertThat(new HashSet<>(rows.getList("items.location"))).hasSize(3);
    assertThat(rows.getString("items[0].metadata.span.value"))
        .isEqualTo("2020-01-01T00:00Z/2020-04-01T00:00Z");

    var sums = get("/v1/materializations?asset=ranges/sums&current=true");
    assertThat(sums.getList("items.partition")).hasSize(3);
    assertThat(new HashSet<>(sums.getList("items.run_id"))).hasSize(2);
    assertThat(sums.getList("items.metadata.readings.value")).containsOnly(2);
  }

  @Test
  @Tag("C47")
  void aRunOfSeveralPartitionsIsOneCall() {
    run(Map.of("assets", List.of("ranges/raw"), "partition", "2020-01"));
    run(Map.of("assets", List.of("ranges/raw"), "partition", "2020-02"));
    JsonPath run =
        run(Map.of("assets", List.of("ranges/rows"), "partitions", List.of("2020-02", "2020-01")));
    assertThat(run.getString("state")).isEqualTo("succeeded");
    assertThat(run.getMap("result.steps")).isEqualTo(Map.of("succeeded", 1));
    var made = get("/v1/materializations?run=" + run.getString("id"));
    assertThat(made.getList("items.partition")).containsExactlyInAnyOrder("2020-01", "2020-02");
  }

  @Test
  @Tag("C43")
  void theDefinitionThatAMethodReturnsStandsInTheCatalog() {
    var asset = get("/v1/asset?key=ranges/raw");
    assertThat(asset.getString("partitions.type")).isEqualTo("time");
    assertThat(get("/v1/partitions?asset=ranges/raw").getList(""))
        .containsExactly("2020-01", "2020-02", "2020-03");
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("assets", List.of("ranges/raw"), "partition", "2020-04", "queue", "ranges"))
        .post("/v1/runs")
        .then()
        .statusCode(422)
        .body(containsString("2020-04"));
  }

  @Test
  @Tag("C43")
  void aWorkerKnowsTheKeysThatWereAddedMeanwhile() {
    post("/v1/partitions", Map.of("definition", "range-towns", "add", List.of("Basel", "Chur")));
    assertThat(
            run(Map.of("assets", List.of("ranges/town"), "partitions", List.of("Basel", "Chur")))
                .getString("state"))
        .isEqualTo("succeeded");
    assertThat(run(Map.of("assets", List.of("ranges/towns"))).getString("state"))
        .isEqualTo("succeeded");

    post("/v1/partitions", Map.of("definition", "range-towns", "add", List.of("Davos")));
    JsonPath without = run(Map.of("assets", List.of("ranges/towns")));
    assertThat(without.getString("state")).isEqualTo("failed");
    assertThat(without.getString("error.message")).contains("'Davos'");

    given()
        .contentType(ContentType.JSON)
        .body(Map.of("definition", "range-towns", "remove", List.of("Davos")))
        .post("/v1/partitions")
        .then()
        .body("", equalTo(List.of("Basel", "Chur")));
    assertThat(run(Map.of("assets", List.of("ranges/towns"))).getString("state"))
        .isEqualTo("succeeded");
  }

  @Test
  @Tag("C44")
  void annotationsNameTheMappingsOfDimensions() {
    assertThat(read(Map.of("partition", "2020-02"), "ranges/site", "ranges/sites"))
        .containsExactly("2020-02|north", "2020-02|south");
    assertThat(
            read(
                Map.of("partition", Map.of("date", "2020-03", "place", "south")),
                "ranges/site",
                "ranges/place"))
        .containsExactly("2020-03|south");
    assertThat(read(Map.of("partition", "late"), "ranges/raw", "ranges/half"))
        .containsExactly("2020-02", "2020-03");
  }

  /** The partitions that the last of the assets read. */
  private List<String> read(Map<String, Object> request, String... assets) {
    var asking = new java.util.HashMap<>(request);
    asking.put("assets", List.of(assets));
    JsonPath run = run(asking);
    assertThat(run.getString("state")).as(run.getString("error.message")).isEqualTo("succeeded");
    return get("/v1/runs/" + run.getString("id") + "/events")
        .getList("find { it.type == 'input_loaded' }.data.read.partition");
  }

  @Test
  @Tag("C44")
  void theMappingByCodeIsKnownByTheNameOfItsClass() {
    assertThat(mappings.find(RangeAssets.MonthBefore.class.getName())).isPresent();
    assertThatThrownBy(() -> mappings.find("com.example.Nobody"))
        .hasMessageContaining("'com.example.Nobody'")
        .hasMessageContaining("must be a bean");
  }

  @Test
  @Tag("C44")
  void theWorkerAsksTheMappingByCode() {
    run(Map.of("assets", List.of("ranges/raw"), "partition", "2020-02"));
    JsonPath run =
        run(Map.of("assets", List.of("ranges/raw", "ranges/before"), "partition", "2020-03"));
    assertThat(run.getString("state")).isEqualTo("succeeded");
    var read = get("/v1/runs/" + run.getString("id") + "/events");
    assertThat(read.getString("find { it.type == 'input_loaded' }.data.read[0].partition"))
        .isEqualTo("2020-02");
  }
}
