package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.database.Database;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sample's check, executed by a real worker and asked for over HTTP. */
@QuarkusTest
@Tag("C66")
class CheckRunIT {
  @Inject Database database;
  @Inject Provider<Worker> workers;

  @BeforeEach
  void makeTheCatalogKnown() {
    database.query("DELETE FROM stowage.live"); // other tests leave attempts under way
    work();
  }

  private void work() {
    assertThat(workers.get().once(1, Duration.ZERO)).isZero();
  }

  private String run(String body) {
    String run =
        given()
            .contentType("application/json")
            .body(body)
            .post("/v1/runs")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    work();
    return run;
  }

  @Test
  void showsWhatTheSamplesCheckFound() {
    String run =
        run(
            "{\"assets\":[\"weather/observations\",\"weather/monthly\"],\"partition\":\"2013-05\"}");
    given().get("/v1/runs/" + run).then().body("state", equalTo("succeeded"));
    given()
        .get("/v1/assets/weather/monthly/checks?partition=2013-05&check=monthsAddUp&limit=1")
        .then()
        .statusCode(200)
        .body("$", hasSize(1))
        .body("[0].run_id", equalTo(run))
        .body("[0].passed", equalTo(true))
        .body("[0].blocking", equalTo(true))
        .body("[0].metadata.months.value", equalTo(2));
    given()
        .get("/v1/runs/" + run + "/events?after=0")
        .then()
        .body("type", hasItem("asset_checked"))
        .body(
            "message",
            hasItem("check 'monthsAddUp' of 'weather/monthly' partition '2013-05' passed"));
  }

  @Test
  void anAssetThatWasNeverCheckedHasNoResults() {
    given()
        .urlEncodingEnabled(false)
        .get("/v1/assets/weather%2Freport/checks")
        .then()
        .statusCode(200)
        .body("$", hasSize(0));
  }

  @Test
  void refusesAnUnknownAssetAndABadKey() {
    given().get("/v1/assets/weather/mothly/checks").then().statusCode(404);
    given().get("/v1/assets/weather/" + "x".repeat(300) + "/checks").then().statusCode(422);
    given().get("/v1/assets/weather/monthly/checks?limit=many").then().statusCode(400);
  }
}
