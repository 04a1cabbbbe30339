package io.stowage.control.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.queue.Database;
import io.stowage.protocol.Json;
import io.stowage.protocol.SessionRequest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is sent, the answer is a problem document that says what is wrong and where, and nothing
 * is stored.
 */
@QuarkusTest
class BadInputIT {
  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(queue.worker().claim(10, java.time.Duration.ZERO)).isEmpty();
  }

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
        "{\"assets\": [\"raw\"], \"retry\": {}}|max_attempts",
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
  void tellsAllFaultsInOneAnswer() {
    var body =
        Map.of(
            "queue",
            queue.name(),
            "assets",
            List.of(queue.key("raww"), queue.key("town")),
            "partition",
            "Geneva",
            "priority",
            10,
            "config",
            Map.of(
                "io",
                Map.of(
                    "default",
                    Map.of(
                        "codek",
                        "x",
                        "endpoint",
                        "http://evil",
                        "batch",
                        "many",
                        "timeout",
                        "never"),
                    "attic",
                    Map.of("a", "b"))));
    var problem = refused(422, "unknown_asset", post("/v1/runs", body));
    assertThat(problem.jsonPath().getList("errors.field", String.class))
        .contains(
            "assets[0]",
            "partition",
            "priority",
            "config.io.default.codek",
            "config.io.default.endpoint",
            "config.io.default.batch",
            "config.io.default.timeout",
            "config.io.attic");
    assertThat(problem.jsonPath().getList("errors.code", String.class))
        .contains(
            "unknown_asset",
            "unknown_partition",
            "unknown_setting",
            "locked_setting",
            "unknown_manager");
    assertThat(problem.jsonPath().getList("errors.message", String.class))
        .allSatisfy(message -> assertThat(message).isNotBlank());
  }

  @Test
  void refusesPartitionsThatAreNone() {
    for (Object partition :
        List.of(
            "../raw",
            "a/b",
            "..",
            "Basel\0",
            "x".repeat(2000),
            "",
            " ",
            5,
            List.of("Basel"),
            Map.of(),
            Map.of("city", "Basel"),
            Map.of("city", 5),
            List.of(List.of()))) {
      var problem =
          post(
              "/v1/runs",
              Map.of(
                  "queue",
                  queue.name(),
                  "assets",
                  List.of(queue.key("town")),
                  "partition",
                  partition));
      assertThat(problem.statusCode()).as("%s: %s", partition, problem.asString()).isIn(400, 422);
      assertProblem(problem);
    }
    var none =
        Map.of(
            "queue",
            queue.name(),
            "assets",
            List.of(queue.key("town")),
            "partition",
            Map.of("partition", "x"));
    var problem = post("/v1/runs", Json.text(none).replace("\"x\"", "null"));
    assertThat(problem.statusCode()).as(problem.asString()).isIn(400, 422);
    assertProblem(problem);
  }

  @Test
  void refusesAPartitionWhereThereAreNone() {
    refused(
        422,
        "unknown_partition",
        post(
            "/v1/runs",
            Map.of(
                "queue", queue.name(), "assets", List.of(queue.key("raw")), "partition", "Basel")));
  }

  @Test
  void asksForAPartitionWhereThereAreSome() {
    refused(
        422,
        "unknown_partition",
        post("/v1/runs", Map.of("queue", queue.name(), "assets", List.of(queue.key("town")))));
  }

  @Test
  void refusesBothPartitionAndPartitions() {
    refused(
        400,
        "invalid_request",
        post(
            "/v1/runs",
            Map.of(
                "queue",
                queue.name(),
                "assets",
                List.of(queue.key("town")),
                "partition",
                "Basel",
                "partitions",
                List.of("Chur"))));
  }

  @Test
  void refusesOverridesThatAreNone() {
    for (Object settings :
        List.of(
            "deflate",
            List.of(),
            Map.of("codec", List.of("a")),
            Map.of("batch", 1.5),
            Map.of("batch", true))) {
      var problem =
          post("/v1/runs", asking(Map.of("config", Map.of("io", Map.of("default", settings)))));
      assertThat(problem.statusCode()).as("%s: %s", settings, problem.asString()).isEqualTo(400);
      assertProblem(problem);
    }
    String nothing =
        Json.text(asking(Map.of("config", Map.of("io", Map.of("default", Map.of("codec", "x"))))))
            .replace("\"x\"", "null");
    refused(400, "invalid_request", post("/v1/runs", nothing));
    refused(
        422,
        "unknown_setting",
        post("/v1/runs", asking(Map.of("config", Map.of("stores", Map.of("lake", Map.of()))))));
  }

  @Test
  void refusesWhatCannotBeStored() {
    var hostile =
        List.<Map<String, Object>>of(
            Map.of("dedup_key", "a\0b"),
            Map.of("dedup_key", "x".repeat(5000)),
            Map.of("dedup_key", ""),
            Map.of("concurrency", List.of(Map.of("key", "a\0b", "max", 1))),
            Map.of("concurrency", List.of(Map.of("key", "x".repeat(5000), "max", 1))),
            Map.of("concurrency", List.of(Map.of("key", "a", "max", 0))),
            Map.of("tags", Map.of("a\0", "b")),
            Map.of("tags", Map.of("a", "b\0")),
            Map.of("timeout", "PT0S"),
            Map.of("timeout", "PT99999999999999H"),
            Map.of("not_before", "+1000000000-12-31T23:59:59.999999999Z"),
            Map.of("expires", "-1000000000-01-01T00:00:00Z"),
            Map.of("retry", Map.of("max_attempts", 0)),
            Map.of("job", "nightly"),
            Map.of("retry", Map.of("max_attempts", 99999999)),
            Map.of("priority", -1));
    for (Map<String, Object> more : hostile) {
      var problem = post("/v1/runs", asking(more));
      assertThat(problem.statusCode()).as("%s: %s", more, problem.asString()).isIn(400, 422);
      assertProblem(problem);
    }
  }

  @Test
  void refusesAQueueThatNobodyPullsFrom() {
    refused(
        422,
        "unknown_asset",
        post("/v1/runs", Map.of("queue", "nobody", "assets", List.of("raw"))));
    refused(404, "not_found", given().get("/v1/queues/nobody/stats"));
  }

  @Test
  void refusesAnIdempotencyKeyThatIsNone() {
    String key = "x".repeat(256);
    var problem =
        given()
            .contentType("application/json")
            .header("Idempotency-Key", key)
            .body(Json.text(asking(Map.of())))
            .post("/v1/runs");
    refused(400, "invalid_request", problem);
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
    refused(404, "not_found", given().post("/v1/backfills/" + UUID.randomUUID() + "/cancel"));
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

  @Test
  void refusesBackfillsThatMakeNoSense() {
    refused(
        422,
        "unknown_asset",
        post("/v1/backfills", Map.of("queue", queue.name(), "assets", List.of("no/such"))));
    refused(
        422,
        "unknown_partition",
        post(
            "/v1/backfills",
            Map.of(
                "queue",
                queue.name(),
                "assets",
                List.of(queue.key("town")),
                "partitions",
                List.of("Geneva"))));
    refused(
        400,
        "invalid_request",
        post(
            "/v1/backfills",
            Map.of(
                "queue",
                queue.name(),
                "assets",
                List.of(queue.key("town")),
                "partitions",
                "Basel")));
    refused(400, "invalid_request", post("/v1/backfills", Map.of("queue", queue.name())));
  }

  @Test
  void refusesDynamicKeysThatAreNone() {
    refused(400, "invalid_request", post("/v1/partitions", Map.of("add", List.of("a"))));
    for (String key : List.of("..", "", "a\0b", "x".repeat(2000))) {
      var problem = post("/v1/partitions", Map.of("definition", "d", "add", List.of(key)));
      assertThat(problem.statusCode()).as(problem.asString()).isIn(400, 422);
      assertProblem(problem);
    }
    refused(
        400, "invalid_request", post("/v1/partitions", "{\"definition\": \"d\", \"add\": [null]}"));
  }

  @Test
  void refusesSessionsThatMakeNoSense() {
    String hash = Json.hash(queue.catalog());
    refused(
        426,
        "upgrade_required",
        post("/v1/sessions", session("w", 999, List.of(queue.name()), 1, hash)));
    refused(
        404,
        "not_found",
        post("/v1/sessions", session("w", 1, List.of(queue.name()), 1, "0".repeat(64))));
    refused(400, "invalid_request", post("/v1/sessions", session("w", 1, List.of(), 1, hash)));
    refused(
        400,
        "invalid_request",
        post("/v1/sessions", session("w", 1, List.of("No Such Name!"), 1, hash)));
    refused(
        400,
        "invalid_request",
        post("/v1/sessions", session("w", 1, List.of(queue.name()), 0, hash)));
    refused(
        400,
        "invalid_request",
        post("/v1/sessions", session("", 1, List.of(queue.name()), 1, hash)));
    refused(400, "invalid_request", post("/v1/sessions", "{\"protocol\": 1, \"slots\": 1}"));
    var forged =
        new SessionRequest("w", "1", 1, List.of(queue.name()), 1, "0".repeat(64), queue.catalog());
    refused(400, "invalid_request", post("/v1/sessions", Json.text(forged)));
    refused(
        410,
        "session_gone",
        post("/v1/sessions/999999999/claim", "{\"max\": 1, \"wait_millis\": 0}"));
    refused(404, "not_found", post("/v1/sessions/abc/claim", "{\"max\": 1, \"wait_millis\": 0}"));
  }

  @Test
  void refusesWorkersMessagesWithHoles() {
    var worker = queue.worker();
    String path = "/v1/sessions/" + worker.session();
    for (String call :
        List.of(
            "/claim",
            "/heartbeat",
            "/complete",
            "/materializations",
            "/leases/" + UUID.randomUUID() + "/commit",
            "/leases/" + UUID.randomUUID() + "/events",
            "/leases/" + UUID.randomUUID() + "/release")) {
      for (String body :
          List.of(
              "{}",
              "",
              "[]",
              "{\"completions\": [null]}",
              "{\"leases\": [null], \"state\": \"running\", \"free_slots\": 1}")) {
        var problem =
            given()
                .contentType("application/json")
                .header("Stowage-Session", worker.secret())
                .body(body)
                .post(path + call);
        assertThat(problem.statusCode())
            .as("%s %s: %s", call, body, problem.asString())
            .isEqualTo(400);
        assertProblem(problem);
      }
    }
  }

  private Map<String, Object> asking(Map<String, Object> more) {
    var body = new java.util.HashMap<>(more);
    body.put("queue", queue.name());
    body.put("assets", List.of(queue.key("raw")));
    return body;
  }

  private static Map<String, Object> session(
      String name, int protocol, List<String> queues, int slots, String hash) {
    return Map.of(
        "name",
        name,
        "version",
        "1",
        "protocol",
        protocol,
        "queues",
        queues,
        "slots",
        slots,
        "catalog_hash",
        hash);
  }

  private static Response post(String path, Object body) {
    return given()
        .contentType("application/json")
        .body(body instanceof String text ? text : Json.text(body))
        .post(path);
  }

  private static Response refused(int status, String code, Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertProblem(answer);
    assertThat(answer.jsonPath().getString("code")).as(answer.asString()).isEqualTo(code);
    return answer;
  }

  private static void assertProblem(Response answer) {
    assertThat(answer.contentType()).as(answer.asString()).startsWith("application/problem+json");
    assertThat(answer.jsonPath().getInt("status")).isEqualTo(answer.statusCode());
    assertThat(answer.jsonPath().getString("detail")).isNotBlank();
    assertThat(answer.asString()).doesNotContain("Exception", "\\tat ", "java.", "io.stowage.");
  }
}
