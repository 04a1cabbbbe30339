package io.stowage.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.stowage.api.partition.PartitionsDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How everything stands, over HTTP and a real PostgreSQL. */
@QuarkusTest
class OverviewIT {
  private static final String MONTH = "2015-11"; // no other test's

  private FakeWorker worker;

  @BeforeEach
  void openASession() {
    worker = FakeWorker.onNewQueue();
  }

  private static JsonPath get(String path) {
    return given().get(path).then().statusCode(200).extract().jsonPath();
  }

  private static char state(String month) {
    JsonPath states = get("/v1/partition-states?asset=t/monthly");
    return states.getString("states").charAt(states.getList("keys").indexOf(month));
  }

  private static Map<String, Object> status(String asset) {
    return get("/v1/asset-status").getMap("find { it.asset == '" + asset + "' }");
  }

  private Map<String, Object> claimed(String month) {
    worker.submitted(Map.of("assets", List.of("t/monthly"), "partition", month));
    return worker.claimOne();
  }

  private UUID stored(String month) {
    var lease = claimed(month);
    worker.commit(lease, UUID.randomUUID(), "t/monthly", month).then().statusCode(200);
    worker.complete(lease, "succeeded", false);
    return UUID.fromString(
        get("/v1/materializations?run=" + lease.get("run_id")).getString("items[0].id"));
  }

  private static Map<String, Object> reading(UUID materialization) {
    return Map.of(
        "metadata",
        Map.of("rows", Map.of("type", "int", "value", 7)),
        "inputs",
        List.of(
            Map.of(
                "input",
                "month",
                "asset",
                "t/monthly",
                "partition",
                MONTH,
                "materialization",
                materialization,
                "rows",
                1)));
  }

  @Test
  void aPartitionGoesFromMissingToMaterialized() {
    assertThat(state("2015-10")).isEqualTo('.');
    assertThat(status("t/monthly")).containsKey("state");
    worker.submitted(Map.of("assets", List.of("t/monthly"), "partition", "2015-10"));
    assertThat(state("2015-10")).isEqualTo('q');
    var lease = worker.claimOne();
    assertThat(state("2015-10")).isEqualTo('r');
    worker.heartbeat(List.of(lease.get("lease_id")));
    assertThat(status("t/monthly")).containsEntry("state", "running");
    worker.commit(lease, UUID.randomUUID(), "t/monthly", "2015-10");
    worker.complete(lease, "succeeded", false);
    assertThat(state("2015-10")).isEqualTo('m');
  }

  @Test
  void aFailureShowsUntilSomethingIsStoredAfterIt() {
    worker.complete(claimed("2015-09"), "failed", false);
    assertThat(state("2015-09")).isEqualTo('f');
    assertThat((Integer) status("t/monthly").get("failed")).isPositive();
    stored("2015-09");
    assertThat(state("2015-09")).isEqualTo('m');
  }

  @Test
  void aFailureIsThatOfItsOwnAssets() {
    Optional<PartitionsDefinition> monthly =
        Optional.of(PartitionsDefinition.monthly("2012-01").until("2016-01"));
    var other =
        new FakeWorker("q" + UUID.randomUUID(), Map.of("ours", monthly, "theirs", monthly)).open();
    other.submitted(Map.of("assets", List.of("t/theirs"), "partition", MONTH));
    other.complete(other.claimOne(), "failed", false);
    assertThat(get("/v1/partition-states?asset=t/theirs").getMap("counts")).containsKey("failed");
    assertThat(get("/v1/partition-states?asset=t/ours").getMap("counts"))
        .containsOnlyKeys("missing");
    given().get("/assets/t/theirs").then().body(containsString("tone-failed"));
    given().get("/assets/t/ours").then().body(not(containsString("tone-failed")));
  }

  @Test
  void whatWasMadeOfSomethingThatWasStoredAnewIsStale() {
    UUID first = stored(MONTH);
    UUID run = worker.submitted(Map.of("assets", List.of("t/plain")));
    var lease = worker.claimOne();
    worker.commit(lease, UUID.randomUUID(), "t/plain", "", reading(first)).then().statusCode(200);
    worker.complete(lease, "succeeded", false);
    await().until(() -> status("t/plain").get("stale"), equalTo(0));
    stored(MONTH);
    await().until(() -> status("t/plain").get("stale"), equalTo(1));

    JsonPath series = get("/v1/metadata-series?asset=t/plain&label=rows");
    assertThat(series.getDouble("partitions[0].value")).isEqualTo(7);
    assertThat(series.getString("history[-1].run")).isEqualTo(run.toString());
  }

  @Test
  void aWorkerIsShownWithWhatItHolds() {
    var lease = claimed("2015-08");
    assertThat(
            get("/v1/workers")
                .getString("find { it.queues.contains('" + worker.queue + "') }.leases[0].run"))
        .isEqualTo(lease.get("run_id"));
    worker.complete(lease, "succeeded", false);
  }

  @Test
  void anIoManagerIsShownWithItsSettingsAndTheirLocks() {
    JsonPath managers = get("/v1/io-managers");
    String ours = "find { it.queue == '" + worker.queue + "' }.";
    assertThat(managers.getString(ours + "type")).isEqualTo("avro");
    assertThat(managers.getBoolean(ours + "settings.find { it.name == 'store' }.locked")).isTrue();
    assertThat(managers.getList(ours + "stores")).contains("t/plain", "t/monthly");
  }

  @Test
  void aRequestIsCheckedWithoutBeingQueued() {
    var asked = Map.of("assets", List.of("t/monthly"), "partition", MONTH, "queue", worker.queue);
    FakeWorker.post("/v1/runs/check", asked)
        .then()
        .statusCode(200)
        .body("partitions[0]", equalTo(MONTH));
    assertThat(get("/v1/runs?queue=" + worker.queue).getList("items")).isEmpty();
    FakeWorker.post("/v1/runs/check", Map.of("assets", List.of("t/none"), "queue", worker.queue))
        .then()
        .statusCode(422)
        .body("errors[0].message", containsString("t/none"));
  }

  @Test
  void whatIsNotThereIsSaidToBeSo() {
    given().get("/v1/partition-states?asset=t/none").then().statusCode(404);
    given().get("/v1/metadata-series?asset=t/plain").then().statusCode(400);
  }
}
