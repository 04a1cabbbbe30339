package io.stowage.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The control plane over HTTP and a real PostgreSQL, with workers that do as they are told. */
@QuarkusTest
class ControlPlaneIT {
  private static final Map<String, List<String>> PLAIN = Map.of("assets", List.of("t/plain"));

  private FakeWorker worker;

  @BeforeEach
  void openASessionOnANewQueue() {
    worker = FakeWorker.onNewQueue();
  }

  @Test
  void aRunGoesFromSubmitToSucceeded() {
    UUID run = worker.submitted(PLAIN);
    assertThat(FakeWorker.state(run)).isEqualTo("queued");
    var lease = worker.claimOne();
    assertThat(FakeWorker.state(run)).isEqualTo("running");
    worker
        .commit(lease, UUID.randomUUID(), "t/plain", "")
        .then()
        .statusCode(200)
        .body("superseded", equalTo(false));
    worker
        .complete(lease, "succeeded", false)
        .then()
        .statusCode(200)
        .body("answers[0].state", equalTo("recorded"));
    assertThat(FakeWorker.state(run)).isEqualTo("succeeded");
    given()
        .get("/v1/materializations?run=" + run)
        .then()
        .body("items[0].asset", equalTo("t/plain"))
        .body("items[0].current", equalTo(true));
  }

  @Test
  void eventsOfARunAreNumberedWithoutAGap() {
    UUID run = worker.submitted(PLAIN);
    var lease = worker.claimOne();
    var event =
        Map.of("at", "2026-01-01T00:00:00Z", "type", "log", "message", "hello", "data", Map.of());
    worker
        .call(
            "/leases/" + lease.get("lease_id") + "/events",
            Map.of("run_id", run, "events", List.of(event, event)))
        .then()
        .statusCode(204);
    worker.commit(lease, UUID.randomUUID(), "t/plain", "");
    worker.complete(lease, "succeeded", false);
    List<Integer> numbers = given().get("/v1/runs/" + run + "/events").jsonPath().getList("n");
    assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6);
    given()
        .get("/v1/runs/" + run + "/events")
        .then()
        .body("type", hasItems("submitted", "claimed", "log", "materialized", "succeeded"));
  }

  @Test
  void aRepeatedCommitGetsTheSameAnswer() {
    worker.submitted(PLAIN);
    var lease = worker.claimOne();
    UUID commit = UUID.randomUUID();
    String first =
        worker.commit(lease, commit, "t/plain", "").jsonPath().getString("materialization_id");
    String second =
        worker.commit(lease, commit, "t/plain", "").jsonPath().getString("materialization_id");
    assertThat(second).isEqualTo(first);
    worker
        .commit(lease, UUID.randomUUID(), "t/plain", "")
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"));
  }

  @Test
  void whoLostTheLeaseCannotCommitOrComplete() {
    worker.submitted(PLAIN);
    var lost = worker.claimOne();
    worker.release(lost, "test").then().statusCode(204);
    var held = worker.claimOne();
    assertThat(held.get("run_id")).isEqualTo(lost.get("run_id"));
    assertThat(held.get("lease_id")).isNotEqualTo(lost.get("lease_id"));
    worker
        .commit(lost, UUID.randomUUID(), "t/plain", "")
        .then()
        .statusCode(409)
        .body("code", equalTo("lease_lost"));
    worker
        .complete(lost, "succeeded", false)
        .then()
        .body("answers[0].state", equalTo("lease_lost"));
    worker.commit(held, UUID.randomUUID(), "t/plain", "").then().statusCode(200);
  }

  @Test
  void aNewerRunsPointerStands() {
    worker.submitted(PLAIN);
    worker.submitted(PLAIN);
    var older = worker.claimOne();
    var newer = worker.claimOne();
    worker
        .commit(newer, UUID.randomUUID(), "t/plain", "")
        .then()
        .body("superseded", equalTo(false));
    worker.commit(older, UUID.randomUUID(), "t/plain", "").then().body("superseded", equalTo(true));
    given()
        .get("/v1/materializations?asset=t/plain&current=true&run=" + newer.get("run_id"))
        .then()
        .body("items.size()", equalTo(1));
  }

  @Test
  void aRepeatedCompletionIsReplayed() {
    worker.submitted(PLAIN);
    var lease = worker.claimOne();
    worker.complete(lease, "succeeded", false).then().body("answers[0].state", equalTo("recorded"));
    worker.complete(lease, "succeeded", false).then().body("answers[0].state", equalTo("replayed"));
    worker.complete(lease, "failed", false).then().body("answers[0].state", equalTo("lease_lost"));
  }

  @Test
  void aLeaseIdIsNoCapability() {
    worker.submitted(PLAIN);
    var lease = worker.claimOne();
    worker
        .withSecret("guessed")
        .commit(lease, UUID.randomUUID(), "t/plain", "")
        .then()
        .statusCode(403);
    FakeWorker.onNewQueue().commit(lease, UUID.randomUUID(), "t/plain", "").then().statusCode(409);
  }

  @Test
  void fiftyClientsWithOneIdempotencyKeySubmitOneRun() throws InterruptedException {
    var ids = ConcurrentHashMap.<String>newKeySet();
    var begin = new CountDownLatch(1);
    String key = UUID.randomUUID().toString();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        clients.submit(
            () -> {
              begin.await();
              ids.add(
                  idempotent(key, PLAIN)
                      .then()
                      .statusCode(org.hamcrest.Matchers.oneOf(200, 201))
                      .extract()
                      .path("id"));
              return worker.heartbeat(List.of()); // a slow machine must not take it for lost
            });
      }
      begin.countDown();
    }
    assertThat(ids).hasSize(1);
    assertThat(worker.claim(10, 0)).hasSize(1);
    idempotent(key, Map.of("assets", List.of("t/monthly"), "partition", "2012-03"))
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency_key_reused"));
  }

  private Response idempotent(String key, Map<String, ?> request) {
    var body = new java.util.HashMap<String, Object>(request);
    body.put("queue", worker.queue);
    return given()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", key)
        .body(body)
        .post("/v1/runs");
  }

  @Test
  void aWaitingClaimIsWokenByASubmit() {
    var waiting = CompletableFuture.supplyAsync(() -> worker.claim(1, 10_000));
    UUID run = worker.submitted(PLAIN);
    assertThat(waiting.join())
        .singleElement()
        .satisfies(lease -> assertThat(lease.get("run_id")).isEqualTo(run.toString()));
  }

  @Test
  void priorityGoesFirst() {
    worker.submitted(Map.of("assets", List.of("t/plain"), "priority", 9));
    UUID urgent = worker.submitted(Map.of("assets", List.of("t/plain"), "priority", 0));
    assertThat(worker.claimOne().get("run_id")).isEqualTo(urgent.toString());
  }

  @Test
  void aRunThatWaitsIsCanceledAtOnce() {
    UUID run = worker.submitted(PLAIN);
    given()
        .post("/v1/runs/" + run + "/cancel")
        .then()
        .statusCode(200)
        .body("state", equalTo("canceled"));
    assertThat(worker.claim(1, 0)).isEmpty();
    given()
        .post("/v1/runs/" + run + "/cancel")
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"));
  }

  @Test
  void theWorkerOfACanceledRunHearsOfItWithItsHeartbeat() {
    UUID run = worker.submitted(PLAIN);
    var lease = worker.claimOne();
    given().post("/v1/runs/" + run + "/cancel").then().body("state", equalTo("canceling"));
    worker
        .heartbeat(List.of(lease.get("lease_id")))
        .then()
        .body("leases.'" + lease.get("lease_id") + "'", equalTo("cancel"));
    worker.complete(lease, "canceled", false);
    assertThat(FakeWorker.state(run)).isEqualTo("canceled");
  }

  @Test
  void aFailedAttemptIsTriedAgainLaterAndCounted() {
    UUID run = worker.submitted(PLAIN);
    worker.complete(worker.claimOne(), "failed", true);
    assertThat(FakeWorker.state(run)).isIn("scheduled", "queued");
    var again = worker.claimWhenReady();
    assertThat(again.get("attempt")).isEqualTo(2);
    worker.complete(again, "failed", false);
    assertThat(FakeWorker.state(run)).isEqualTo("failed");
  }

  @Test
  void theRunsOfASilentWorkerGoToAnother() {
    UUID run = worker.submitted(PLAIN);
    var lost = worker.claimOne();
    var other = new FakeWorker(worker.queue).open();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              other.heartbeat(List.of());
              return !FakeWorker.state(run).equals("running");
            });
    var again = other.claimWhenReady();
    assertThat(again.get("run_id")).isEqualTo(run.toString());
    assertThat(again.get("attempt")).isEqualTo(1);
    worker.commit(lost, UUID.randomUUID(), "t/plain", "").then().statusCode(409);
    worker
        .heartbeat(List.of(lost.get("lease_id")))
        .then()
        .statusCode(410)
        .body("code", equalTo("session_gone"));
  }

  @Test
  void aLeaseThatTwoHeartbeatsDoNotListIsGivenBack() {
    UUID run = worker.submitted(PLAIN);
    worker.claimOne();
    worker.heartbeat(List.of());
    assertThat(FakeWorker.state(run)).isEqualTo("running");
    worker.heartbeat(List.of());
    assertThat(FakeWorker.state(run)).isEqualTo("queued");
  }

  @Test
  void atMostSoManyRunsOfAConcurrencyKey() {
    var request =
        Map.of(
            "assets",
            List.of("t/plain"),
            "concurrency",
            List.of(Map.of("key", worker.queue, "max", 1)));
    worker.submitted(request);
    UUID second = worker.submitted(request);
    assertThat(FakeWorker.state(second)).isEqualTo("blocked");
    var first = worker.claimOne();
    assertThat(worker.claim(1, 0)).isEmpty();
    worker.complete(first, "succeeded", false);
    assertThat(worker.claimOne().get("run_id")).isEqualTo(second.toString());
  }

  @Test
  void twoLiveRunsCannotHaveOneDedupKey() {
    var request = Map.of("assets", List.of("t/plain"), "dedup_key", worker.queue);
    worker.submitted(request);
    worker.submit(request).then().statusCode(409).body("code", equalTo("duplicate"));
  }

  @Test
  void aCatalogWithoutTheAssetIsNotOfferedTheRunAgain() {
    worker.submitted(PLAIN);
    worker.release(worker.claimOne(), "unknown_asset").then().statusCode(204);
    assertThat(worker.claim(1, 0)).isEmpty();
  }

  @Test
  void aListGoesOnWhereItsCursorSays() {
    var ids = new HashSet<String>();
    for (int i = 0; i < 5; i++) {
      worker.submitted(PLAIN);
    }
    String cursor = "";
    for (int page = 0; page < 3; page++) {
      Response answer = given().get("/v1/runs?limit=2&queue=" + worker.queue + cursor);
      ids.addAll(answer.jsonPath().getList("items.id"));
      cursor = "&cursor=" + answer.jsonPath().getString("cursor");
    }
    assertThat(ids).hasSize(5);
  }

  @Test
  void aBackfillGoesFromItsFirstItemToItsLast() {
    var request =
        Map.of(
            "assets",
            List.of("t/monthly"),
            "queue",
            worker.queue,
            "partitions",
            Map.of("from", "2012-01", "to", "2012-03"));
    Response submitted = FakeWorker.post("/v1/backfills", request);
    submitted.then().statusCode(202).body("total", equalTo(3));
    for (int i = 0; i < 3; i++) {
      worker.complete(worker.claim(1, 10_000).getFirst(), i == 2 ? "failed" : "succeeded", false);
    }
    String path = "/v1/backfills/" + submitted.jsonPath().getString("id");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> given().get(path).jsonPath().getString("finished_at") != null);
    given()
        .get(path)
        .then()
        .body("state", equalTo("failed"))
        .body("counts.succeeded", equalTo(2))
        .body("counts.failed", equalTo(1));
  }

  @Test
  void everyFaultOfARequestStandsInOneAnswer() {
    var request =
        Map.of(
            "assets",
            List.of("t/mothly", "t/monthly"),
            "partition",
            "2012-13",
            "priority",
            12,
            "config",
            Map.of(
                "io",
                Map.of(
                    "default",
                    Map.of("codex", "x", "store", "y", "level", "high"),
                    "lake",
                    Map.of("codec", "x"))));
    worker
        .submit(request)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body(
            "errors.field",
            hasItems(
                "assets[0]",
                "partition",
                "priority",
                "config.io.default.codex",
                "config.io.default.store",
                "config.io.default.level",
                "config.io.lake"))
        .body(
            "errors.code",
            hasItems(
                "unknown_asset",
                "unknown_partition",
                "unknown_setting",
                "locked_setting",
                "unknown_manager"));
  }

  @Test
  void hostilePartitionsAreRefusedAtTheDoor() {
    for (String partition :
        List.of("../../etc", "a/b", "2012-03\u0000", "x".repeat(2000), "", ".")) {
      worker
          .submit(Map.of("assets", List.of("t/monthly"), "partition", partition))
          .then()
          .statusCode(422)
          .body("errors[0].field", equalTo("partition"));
    }
  }

  @Test
  void malformedJsonIsToldWithItsPlace() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"assets\": [")
        .post("/v1/runs")
        .then()
        .statusCode(400)
        .body("detail", containsString("line 1"));
    given()
        .contentType(ContentType.JSON)
        .body("{\"asets\": []}")
        .post("/v1/runs")
        .then()
        .statusCode(400)
        .body("detail", containsString("asets"));
    given()
        .contentType(ContentType.JSON)
        .body("{\"assets\": 7}")
        .post("/v1/runs")
        .then()
        .statusCode(400)
        .body("detail", containsString("assets"));
    given().contentType(ContentType.TEXT).body("x").post("/v1/runs").then().statusCode(415);
  }

  @Test
  void anOversizedBodyIsRefused() throws IOException {
    // Said by its length alone: a client that goes on writing would see the connection closed.
    try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
      var request =
          "POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90000000\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      assertThat(answer).contains("413");
    }
  }

  @Test
  void whatIsNotThereIsAProblemDocument() {
    given()
        .get("/v1/runs/" + UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
    given()
        .get("/v1/runs/nonsense")
        .then()
        .statusCode(404)
        .body("detail", containsString("nonsense"));
    given().get("/v1/asset?key=no/such").then().statusCode(404);
    given().get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
  }

  @Test
  void dynamicKeysComeAndGo() {
    String name = "d" + UUID.randomUUID();
    FakeWorker.post("/v1/partitions", Map.of("definition", name, "add", List.of("b", "a")))
        .then()
        .statusCode(200)
        .body("", equalTo(List.of("b", "a")));
    FakeWorker.post("/v1/partitions", Map.of("definition", name, "remove", List.of("b")))
        .then()
        .body("", equalTo(List.of("a")));
    FakeWorker.post("/v1/partitions", Map.of("definition", name, "add", List.of("..")))
        .then()
        .statusCode(422);
  }

  @Test
  void aPausedQueueHandsOutNothing() {
    worker.submitted(PLAIN);
    given().post("/v1/queues/" + worker.queue + "/pause").then().body("paused", equalTo(true));
    assertThat(worker.claim(1, 0)).isEmpty();
    given().post("/v1/queues/" + worker.queue + "/resume");
    assertThat(worker.claim(1, 0)).hasSize(1);
  }

  @Test
  void metricsAreDescribedAndInBaseUnits() {
    worker.submitted(PLAIN);
    worker.claimOne();
    String metrics =
        given()
            .accept("text/plain; version=0.0.4")
            .get("/q/metrics")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(metrics)
        .contains("# HELP stowage_runs_submitted_total", "# TYPE stowage_claim_seconds histogram");
    given().get("/v1/queues").then().body("queue", hasItem(worker.queue));
  }
}
