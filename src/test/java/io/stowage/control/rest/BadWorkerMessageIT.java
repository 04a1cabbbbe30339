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
import io.stowage.protocol.SessionRequest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker sends is checked as well. */
@QuarkusTest
class BadWorkerMessageIT {
  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
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
            "/leases/" + UUID.randomUUID() + "/release",
            "/leases/" + UUID.randomUUID() + "/removals",
            "/leases/" + UUID.randomUUID() + "/removed",
            "/leases/" + UUID.randomUUID() + "/deleted",
            "/leases/" + UUID.randomUUID() + "/known-objects")) {
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
}
