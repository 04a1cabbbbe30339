package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who cancels a run by HTTP ends the statement too that a warehouse works at for it, by a real
 * worker.
 */
@QuarkusTest
@TestProfile(SweptOpTablesIT.Tables.class)
class CanceledStatementIT {
  private static final String ASLEEP =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query ILIKE '%readings%'";

  @Inject Database database;
  @Inject Provider<Worker> workers;

  @BeforeEach
  void storeSomeReadings() {
    forget();
    workers.get().once(1, Duration.ZERO); // so that the catalog is known
    assertThat(run("bench/readings").getString("state")).isEqualTo("succeeded");
  }

  @AfterEach
  void forget() {
    database.query("DELETE FROM stowage.live"); // other tests leave attempts under way
    database.query("DROP SCHEMA IF EXISTS bench CASCADE");
    database.query("DELETE FROM stowage.materialization WHERE asset LIKE 'bench/%'");
    database.query("DELETE FROM stowage.asset_partition WHERE asset LIKE 'bench/%'");
  }

  private static String submit(String asset) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("assets", List.of(asset), "tags", Map.of("rows", "10")))
        .post("/v1/runs")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static JsonPath get(String path) {
    return given().get(path).then().statusCode(200).extract().jsonPath();
  }

  private JsonPath run(String asset) {
    String id = submit(asset);
    workers.get().once(1, Duration.ZERO);
    return get("/v1/runs/" + id);
  }

  /** As soon as the database sleeps over it. */
  private JsonPath canceledAsleep(String asset) {
    String id = submit(asset);
    Thread worker = Thread.ofVirtual().start(() -> workers.get().once(1, Duration.ofSeconds(10)));
    await().atMost(Duration.ofSeconds(20)).until(() -> !database.query(ASLEEP).isEmpty());
    given()
        .post("/v1/runs/" + id + "/cancel")
        .then()
        .statusCode(200)
        .body("state", equalTo("canceling"));
    await().atMost(Duration.ofSeconds(30)).until(() -> !worker.isAlive());
    return get("/v1/runs/" + id);
  }

  private void assertEndedByItsWorker(JsonPath run) {
    assertThat(run.getString("state")).isEqualTo("canceled");
    assertThat(run.getInt("losses")).as("its worker ended it in time").isZero();
    assertThat(database.query(ASLEEP)).isEmpty();
    assertThat(get("/v1/materializations?run=" + run.getString("id")).getList("items")).isEmpty();
  }

  @Test
  @Tag("C59")
  void thatStoresItsRows() {
    database.query(
        "CREATE FUNCTION bench.dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END'");
    database.query(
        "CREATE TRIGGER dawdle AFTER INSERT ON bench.readings FOR EACH STATEMENT EXECUTE FUNCTION bench.dawdle()");
    assertEndedByItsWorker(canceledAsleep("bench/readings"));
    assertThat(database.query("SELECT 1 FROM bench.readings")).as("those of before").hasSize(10);

    database.query("DROP TRIGGER dawdle ON bench.readings");
    assertThat(run("bench/readings").getString("state")).isEqualTo("succeeded");
  }

  @Test
  @Tag("C60")
  void thatLoadsAnothersRows() {
    database.query("ALTER TABLE bench.readings RENAME TO kept");
    database.query(
        "CREATE VIEW bench.readings AS SELECT k.* FROM bench.kept k CROSS JOIN pg_sleep(600)");
    assertEndedByItsWorker(canceledAsleep("bench/total"));

    database.query("DROP VIEW bench.readings");
    database.query("ALTER TABLE bench.kept RENAME TO readings");
    assertThat(run("bench/total").getString("state")).isEqualTo("succeeded");
  }
}
