package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.stowage.control.database.Database;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sample's job with its values in tables, and a sweep of them by a real worker. */
@QuarkusTest
@TestProfile(SweptOpTablesIT.Tables.class)
@Tag("C38")
@Tag("C51")
class SweptOpTablesIT {
  /** In the control plane's own database, since there is one. */
  public static class Tables implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "stowage.io.lake.type", "table",
          "stowage.io.lake.store", "warehouse",
          "stowage.stores.warehouse.type", "postgresql",
          "stowage.stores.warehouse.url", "${quarkus.datasource.jdbc.url}",
          "stowage.stores.warehouse.username", "postgres",
          "stowage.stores.warehouse.password", "postgres");
    }
  }

  @Inject Database database;
  @Inject Provider<Worker> workers;

  @BeforeEach
  void beginWithNothing() {
    database.query("DELETE FROM stowage.live"); // other tests leave attempts under way
    work(); // so that the catalog is known
  }

  private void work() {
    workers.get().once(50, Duration.ZERO);
  }

  private JsonPath run(Map<String, Object> request) {
    String id =
        given()
            .contentType(ContentType.JSON)
            .body(request)
            .post("/v1/runs")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    work();
    return given().get("/v1/runs/" + id).then().statusCode(200).extract().jsonPath();
  }

  private String almanac() {
    JsonPath ended = run(Map.of("job", "almanac"));
    assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("succeeded");
    return ended.getString("id");
  }

  /** Of all there is: the test's other assets name managers that nobody has configured. */
  private JsonPath swept(boolean dry) {
    return run(
        Map.of(
            "kind",
            "sweep",
            "assets",
            List.of(),
            "options",
            Map.of("keep", 1, "grace", "0s", "dry-run", dry)));
  }

  private List<String> runs(String table) {
    return database
        .query("SELECT DISTINCT stowage_run FROM " + table + " ORDER BY stowage_run")
        .stream()
        .map(row -> row.getString("stowage_run"))
        .toList();
  }

  @Test
  void keepsTheRowsOfTheLastRunsOfAJob() {
    String first = almanac();
    String last = almanac();
    assertThat(runs("climate.result")).contains(first, last);

    JsonPath dry = swept(true);
    assertThat(dry.getInt("result.assets.'almanac/climate'.removed")).isPositive();
    assertThat(runs("climate.result")).contains(first, last);

    JsonPath swept = swept(false);
    assertThat(swept.getInt("result.assets.'almanac/climate'.removed"))
        .isEqualTo(dry.getInt("result.assets.'almanac/climate'.removed"));
    assertThat(runs("climate.result")).containsExactly(last);
    assertThat(runs("cities.result")).containsExactly(last);
  }
}
