package io.stowage.control.rest;

import static io.restassured.RestAssured.given;
import static io.stowage.control.rest.Refusals.assertProblem;
import static io.stowage.control.rest.Refusals.post;
import static io.stowage.control.rest.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.protocol.Json;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that cannot be taken: told with all their faults, and nothing is stored. */
@QuarkusTest
class BadSubmitIT {
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
  @Tag("C40")
  void refusesAGroupOrATagThatNobodyHasAndSaysWhatMayBeMeant() {
    for (String word :
        List.of("group:" + queue.name() + "x", "tag:kind=roww", "*" + queue.key("raww") + "+")) {
      var body = Map.of("queue", queue.name(), "assets", List.of(word));
      var problem = refused(422, "unknown_asset", post("/v1/runs", body));
      assertThat(problem.jsonPath().getString("errors[0].field")).isEqualTo("assets[0]");
      assertThat(problem.jsonPath().getString("errors[0].message"))
          .startsWith("'" + word + "' ")
          .endsWith("' meant?");
    }
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
  @Tag("C50")
  void saysWhosePartitionItIsNotAndWhatMayBeMeant() {
    var problem =
        refused(
            422,
            "unknown_partition",
            post(
                "/v1/runs",
                Map.of(
                    "queue",
                    queue.name(),
                    "assets",
                    List.of(queue.key("town")),
                    "partition",
                    "basel")));
    assertThat(problem.jsonPath().getString("errors[0].message"))
        .startsWith("asset '" + queue.key("town") + "': partition 'basel' is not one of")
        .endsWith("is 'Basel' meant?");
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
    refused(
        422,
        "unknown_partition",
        post(
            "/v1/backfills",
            Map.of(
                "queue",
                queue.name(),
                "assets",
                List.of(queue.key("raw")),
                "partitions",
                List.of("Basel"))));
  }

  @Test
  void tellsAllFaultsOfABackfillInOneAnswer() {
    var body =
        Map.of(
            "queue",
            queue.name(),
            "assets",
            List.of(queue.key("town"), "no/such"),
            "partitions",
            List.of("Basel", "Geneva"),
            "config",
            Map.of("io", Map.of("default", Map.of("codek", "x"))));
    assertThat(
            refused(422, "unknown_asset", post("/v1/backfills", body))
                .jsonPath()
                .getList("errors.field", String.class))
        .containsExactlyInAnyOrder("assets[1]", "partitions[1]", "config.io.default.codek");
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

  private Map<String, Object> asking(Map<String, Object> more) {
    var body = new java.util.HashMap<>(more);
    body.put("queue", queue.name());
    body.put("assets", List.of(queue.key("raw")));
    return body;
  }
}
