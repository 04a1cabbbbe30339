package io.stowage.control;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that show data: what may be asked for, who keeps it, and where it is not. */
@QuarkusTest
class PreviewIT {
  private static final String HOSTILE = "<script>alert('x')</script>";

  private FakeWorker worker;

  @BeforeEach
  void openASession() {
    worker = FakeWorker.onNewQueue();
  }

  private Response ask(Map<String, ?> request) {
    var whole = new HashMap<String, Object>(request);
    whole.put("kind", "preview");
    whole.put("queue", worker.queue);
    return given().contentType("application/json").body(whole).post("/v1/runs");
  }

  private static Map<String, Object> preview(Object run, List<?> rows) {
    return Map.of(
        "run_id",
        run,
        "asset",
        "t/plain",
        "partition",
        "",
        "columns",
        List.of(Map.of("name", "value", "number", false)),
        "rows",
        rows,
        "more",
        false,
        "shortened",
        false);
  }

  private Response show(Map<String, ?> lease, Map<String, Object> preview) {
    return worker.call("/leases/" + lease.get("lease_id") + "/preview", preview);
  }

  @Test
  void whatAWorkerShowsIsKeptApartFromTheRun() {
    UUID run = worker.submitted(Map.of("kind", "preview", "assets", List.of("t/plain")));
    given().get("/v1/runs/" + run + "/preview").then().statusCode(404);
    var lease = worker.claimOne();
    show(lease, preview(run, List.of(List.of(HOSTILE)))).then().statusCode(204);
    worker.complete(lease, "succeeded", false);
    given()
        .get("/v1/runs/" + run + "/preview")
        .then()
        .statusCode(200)
        .body("rows[0][0]", equalTo(HOSTILE))
        .body("columns[0].name", equalTo("value"));
    for (String path : List.of("/v1/runs/" + run, "/v1/runs/" + run + "/events", "/runs/" + run)) {
      given().get(path).then().statusCode(200).body(not(containsString("alert(")));
    }
  }

  @Test
  void onlyTheRunsOwnWorkerShowsAndOnlyAPreview() {
    UUID run = worker.submitted(Map.of("kind", "preview", "assets", List.of("t/plain")));
    var lease = worker.claimOne();
    show(Map.of("lease_id", UUID.randomUUID()), preview(run, List.of())).then().statusCode(409);
    show(lease, preview(UUID.randomUUID(), List.of())).then().statusCode(409);
    worker.complete(lease, "succeeded", false);
    show(lease, preview(run, List.of())).then().statusCode(409);

    UUID computes = worker.submitted(Map.of("assets", List.of("t/plain")));
    show(worker.claimOne(), preview(computes, List.of())).then().statusCode(409);
    given().get("/v1/runs/" + computes + "/preview").then().statusCode(404);
  }

  @Test
  void noMoreIsKeptThanAPreviewMayHold() {
    UUID run = worker.submitted(Map.of("kind", "preview", "assets", List.of("t/plain")));
    var lease = worker.claimOne();
    var many = new ArrayList<List<String>>();
    for (int i = 0; i < 101; i++) {
      many.add(List.of("x"));
    }
    show(lease, preview(run, many)).then().statusCode(400).body("detail", containsString("rows"));
    show(lease, preview(run, List.of(List.of("x".repeat(300_000)))))
        .then()
        .statusCode(400)
        .body("detail", containsString("characters"));
    show(lease, preview(run, List.of(List.of("a", "b")))).then().statusCode(400);
  }

  @Test
  void isOfOneAssetAndOneOfItsPartitions() {
    ask(Map.of("assets", List.of("t/monthly")))
        .then()
        .statusCode(422)
        .body("detail", containsString("say which 'partition'"));
    ask(Map.of("assets", List.of("t/monthly"), "partition", "2012-03")).then().statusCode(201);
    ask(Map.of("assets", List.of("t/monthly"), "partitions", List.of("2012-03")))
        .then()
        .statusCode(400);
    ask(Map.of("assets", List.of("t/monthly", "t/plain"))).then().statusCode(400);
    ask(Map.of("assets", List.of("no/such"))).then().statusCode(422);
    ask(Map.of("assets", List.of("t/plain"), "options", Map.of("rows", 0))).then().statusCode(400);
    ask(Map.of("assets", List.of("t/plain"), "options", Map.of("rows", 101)))
        .then()
        .statusCode(400);
    ask(Map.of("assets", List.of("t/plain"), "options", Map.of("keep", 1))).then().statusCode(422);
    ask(Map.of()).then().statusCode(400);
  }

  @Test
  void aWorkerIsToldToLeaveWithItsNextHeartbeat() {
    long session =
        given()
            .get("/v1/workers")
            .jsonPath()
            .getLong("find { it.queues == ['" + worker.queue + "'] }.session");
    var beat = Map.of("state", "running", "free_slots", 1, "leases", List.of());
    worker.call("/heartbeat", beat).then().statusCode(200).body("commands.size()", equalTo(0));
    given().post("/v1/workers/" + session + "/drain").then().statusCode(200);
    worker
        .call("/heartbeat", beat)
        .then()
        .statusCode(200)
        .body("commands", equalTo(List.of("drain")));
    given()
        .get("/v1/workers")
        .then()
        .body("find { it.session == " + session + " }.state", equalTo("draining"));
    given().post("/v1/workers/999999999/drain").then().statusCode(404);
  }
}
