package io.stowage.control.rest;

import static io.restassured.RestAssured.given;
import static io.stowage.control.rest.Refusals.assertProblem;
import static io.stowage.control.rest.Refusals.post;
import static io.stowage.control.rest.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed bodies, unknown paths, ids and queries. */
@QuarkusTest
class BadRequestIT {
  @Test
  void saysWhereJsonIsMalformed() {
    var problem = refused(400, "invalid_request", post("/v1/runs", "{\"assets\": [\"a\",\n  }"));
    assertThat(problem.jsonPath().getString("detail")).contains("line 2").contains("column 3");
  }

  @Test
  void namesAnUnknownField() {
    var problem = refused(400, "invalid_request", post("/v1/runs", "{\"asets\": [\"a\"]}"));
    assertThat(problem.jsonPath().getString("detail")).contains("'asets'").contains("assets");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"assets\": \"raw\"}|assets",
        "{\"assets\": [\"raw\"], \"priority\": \"high\"}|priority",
        "{\"assets\": [\"raw\"], \"timeout\": \"soon\"}|timeout",
        "{\"assets\": [\"raw\"], \"not_before\": \"tomorrow\"}|not_before",
        "{\"assets\": [\"raw\"], \"retry\": {\"max_attempts\": \"many\"}}|max_attempts",
        "{\"assets\": [\"raw\"], \"retry\": 3}|retry",
        "{\"assets\": [\"raw\"], \"concurrency\": [{\"max\": 1}]}|key",
        "{\"assets\": [\"raw\"], \"concurrency\": [null]}|concurrency",
        "{\"assets\": [\"raw\"], \"tags\": {\"team\": null}}|tags"
      })
  void namesTheFieldOfAWrongForm(String body, String field) {
    var problem = refused(400, "invalid_request", post("/v1/runs", body));
    assertThat(problem.jsonPath().getString("detail")).contains(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "42",
        "\"text\"",
        "{\"assets\": [\"raw\"]} and more",
        "{\"assets\": [\"raw\"], \"assets\": []}"
      })
  void refusesWhatIsNoRequest(String body) {
    refused(400, "invalid_request", post("/v1/runs", body));
  }

  @Test
  void refusesAnOversizedBody() {
    var big = "{\"assets\": [\"" + "x".repeat(9 * 1024 * 1024) + "\"]}";
    refused(413, "payload_too_large", post("/v1/runs", big));
  }

  @Test
  void isAProblemAlsoWhereNothingIs() {
    refused(404, "not_found", given().get("/v1/nothing/here"));
    refused(404, "not_found", given().get("/v1"));
    refused(405, "invalid_request", given().delete("/v1/runs"));
    refused(405, "invalid_request", given().get("/v1/sessions"));
    refused(415, "invalid_request", given().contentType("text/csv").body("a,b").post("/v1/runs"));
    refused(406, "invalid_request", given().accept("image/png").get("/v1/runs"));
  }

  @Test
  void namesAnIdThatIsNone() {
    refused(404, "not_found", given().get("/v1/runs/not-a-uuid"));
    refused(404, "not_found", given().get("/v1/runs/" + UUID.randomUUID()));
    refused(404, "not_found", given().get("/v1/runs/" + UUID.randomUUID() + "/events"));
    refused(404, "not_found", given().post("/v1/runs/" + UUID.randomUUID() + "/cancel"));
    refused(404, "not_found", given().post("/v1/runs/" + UUID.randomUUID() + "/retry"));
    refused(404, "not_found", given().get("/v1/backfills/" + UUID.randomUUID()));
    for (String verb : List.of("cancel", "pause", "resume", "retry")) {
      refused(404, "not_found", given().post("/v1/backfills/" + UUID.randomUUID() + "/" + verb));
    }
    for (String verb : List.of("pause", "resume")) {
      refused(
          404,
          "not_found",
          given().queryParam("schedule", "no/such").post("/v1/schedules/" + verb));
      refused(400, "invalid_request", given().post("/v1/schedules/" + verb));
    }
    refused(404, "not_found", given().queryParam("key", "no/such").get("/v1/asset"));
    refused(404, "not_found", given().queryParam("asset", "no/such").get("/v1/partitions"));
  }

  @Test
  void namesAQueryThatIsNone() {
    refused(400, "invalid_request", given().queryParam("cursor", "xyz").get("/v1/runs"));
    refused(400, "invalid_request", given().queryParam("limit", "many").get("/v1/runs"));
    refused(400, "invalid_request", given().queryParam("state", "sleeping").get("/v1/runs"));
    refused(
        400, "invalid_request", given().queryParam("cursor", "xyz").get("/v1/materializations"));
    refused(
        400,
        "invalid_request",
        given().queryParam("after", "x").get("/v1/runs/" + UUID.randomUUID() + "/events"));
    refused(400, "invalid_request", given().get("/v1/asset"));
    var odd = given().queryParam("key", "../..").get("/v1/asset");
    assertThat(odd.statusCode()).isIn(404, 422);
    assertProblem(odd);
    var nul = given().queryParam("asset", "a\0b").get("/v1/materializations");
    assertThat(nul.statusCode()).as(nul.asString()).isIn(200, 400);
  }
}
