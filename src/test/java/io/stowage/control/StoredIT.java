package io.stowage.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the ledger says to who reads from outside a run. */
@QuarkusTest
@Tag("C64")
class StoredIT {
  private static final String MONTHLY = "t/monthly";

  private FakeWorker worker;

  @BeforeEach
  void takeAQueue() {
    worker = FakeWorker.onNewQueue();
  }

  private record Made(UUID run, Map<String, Object> lease) {}

  private Made claimed(String partition) {
    UUID run = worker.submitted(Map.of("assets", List.of(MONTHLY), "partition", partition));
    return new Made(run, worker.claimOne());
  }

  private UUID commit(Made made, String partition) {
    return UUID.fromString(
        worker
            .commit(made.lease(), UUID.randomUUID(), MONTHLY, partition)
            .then()
            .statusCode(200)
            .extract()
            .path("materialization_id"));
  }

  private static JsonPath stored(Map<String, ?> request) {
    return FakeWorker.post("/v1/stored", request).then().statusCode(200).extract().jsonPath();
  }

  private static List<String> ids(Map<String, ?> request) {
    return stored(request).getList("materializations.id");
  }

  @Test
  void saysWhatIsCurrentAndHowItIsDeclared() {
    String partition = "2015-07";
    Made made = claimed(partition);
    UUID id = commit(made, partition);
    worker.complete(made.lease(), "succeeded", false);

    var answer = stored(Map.of("asset", MONTHLY, "partitions", List.of(partition, "2015-12")));
    assertThat(answer.getList("materializations.id")).containsExactly(id.toString());
    assertThat(answer.getString("definition.io_manager")).isEqualTo("default");
    assertThat(answer.getString("definition.output")).isEqualTo("result");
    assertThat(answer.getBoolean("definition.stored")).isTrue();
    assertThat(answer.getMap("definition.partitions")).isNotEmpty();
    assertThat(ids(Map.of("asset", MONTHLY))).contains(id.toString());
  }

  @Test
  void goesBackInTimeAndToARun() {
    String partition = "2015-08";
    Instant before = Instant.now();
    Made first = claimed(partition);
    UUID old = commit(first, partition);
    worker.complete(first.lease(), "succeeded", false);
    Instant between = Instant.now();
    Made second = claimed(partition);
    UUID current = commit(second, partition);
    worker.complete(second.lease(), "succeeded", false);

    var asked = Map.of("asset", MONTHLY, "partitions", List.of(partition));
    assertThat(ids(asked)).containsExactly(current.toString());
    assertThat(ids(with(asked, "at", before.toString()))).isEmpty();
    assertThat(ids(with(asked, "at", between.toString()))).containsExactly(old.toString());
    assertThat(ids(with(asked, "at", "2999-01-01T00:00:00Z"))).containsExactly(current.toString());
    assertThat(ids(with(asked, "at", "-9999-01-01T00:00:00Z"))).isEmpty();
    assertThat(ids(with(asked, "run", first.run()))).containsExactly(old.toString());
    assertThat(ids(with(asked, "run", second.run()))).containsExactly(current.toString());
  }

  @Test
  void neverTakesAnOvertakenCommitForWhatWasCurrent() {
    String partition = "2015-09";
    Made late = claimed(partition);
    worker.heartbeat(List.of(late.lease().get("lease_id")));
    Made newer = claimed(partition);
    UUID current = commit(newer, partition);
    UUID overtaken = commit(late, partition);
    worker.complete(newer.lease(), "succeeded", false);
    worker.complete(late.lease(), "succeeded", false);

    var asked = Map.of("asset", MONTHLY, "partitions", List.of(partition));
    assertThat(ids(with(asked, "at", Instant.now().toString())))
        .containsExactly(current.toString());
    assertThat(ids(with(asked, "run", late.run())))
        .as("what a run stored itself is what it left")
        .containsExactly(overtaken.toString());
  }

  @Test
  void givesWhatARunSawOfAPartitionThatItDidNotStore() {
    Made july = claimed("2015-10");
    UUID id = commit(july, "2015-10");
    worker.complete(july.lease(), "succeeded", false);
    Made august = claimed("2015-11");
    commit(august, "2015-11");
    worker.complete(august.lease(), "succeeded", false);
    Made again = claimed("2015-10");
    commit(again, "2015-10");
    worker.complete(again.lease(), "succeeded", false);

    assertThat(ids(Map.of("asset", MONTHLY, "partitions", List.of("2015-10"), "run", august.run())))
        .containsExactly(id.toString());
  }

  @Test
  void refusesWhatNobodyKnows() {
    FakeWorker.post("/v1/stored", Map.of("asset", "no/such"))
        .then()
        .statusCode(404)
        .body("detail", containsString("'no/such'"));
    FakeWorker.post("/v1/stored", Map.of("asset", MONTHLY, "run", UUID.randomUUID()))
        .then()
        .statusCode(404);
    FakeWorker.post("/v1/stored", Map.of("asset", MONTHLY, "partitions", List.of("march")))
        .then()
        .statusCode(422)
        .body("code", equalTo("unknown_partition"));
    FakeWorker.post("/v1/stored", Map.of("asset", "t/plain", "partitions", List.of("2015-01")))
        .then()
        .statusCode(422)
        .body("detail", containsString("has no partitions"));
    FakeWorker.post("/v1/stored", Map.of("partitions", List.of()))
        .then()
        .statusCode(400)
        .body("detail", containsString("'asset'"));
    FakeWorker.post(
            "/v1/stored",
            Map.of("asset", MONTHLY, "at", Instant.now().toString(), "run", UUID.randomUUID()))
        .then()
        .statusCode(400);
  }

  private static Map<String, Object> with(Map<String, ?> request, String name, Object value) {
    var more = new java.util.HashMap<String, Object>(request);
    more.put(name, value.toString());
    return more;
  }
}
