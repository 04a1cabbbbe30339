package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that go through the queue, and workers that are killed under way. */
abstract class RunsContract extends Processes {
  private static final String OBSERVATIONS =
      "{\"assets\": [\"weather/observations\"], \"partition\": \"Seattle|2012-03\"}";

  @Test
  void theSampleRunsThroughTheQueueIntoAvroThatAnybodyReads() throws Exception {
    try (var worker = worker()) {
      String run = submit(MARCH);
      awaitState(run, "succeeded");
      var made = get("/v1/materializations?run=" + run);
      assertThat(made.getList("items.asset"))
          .containsExactlyInAnyOrder(
              "weather/observations", "weather/observations", "weather/monthly");
      String location = made.getString("items.find { it.asset == 'weather/monthly' }.location");
      try (var file = bucket.avro(location)) {
        assertThat(file.getMetaString("stowage.asset")).isEqualTo("weather/monthly");
        assertThat(file.getMetaString("stowage.partition")).isEqualTo("2012-03");
        assertThat(file.getMetaString("stowage.run")).isEqualTo(run);
        assertThat(file.next().get("city")).hasToString("New York");
        assertThat(file.next().get("city")).hasToString("Seattle");
        assertThat(file.hasNext()).isFalse();
      }
      assertThat(worker.stop()).as(worker.output()).isZero();
    }
    assertThat(get("/v1/queues").getInt("find { it.queue == 'default' }.sessions")).isZero();
  }

  @Test
  @Tag("C38")
  void aJobsValuesLieBelowItsRunOneForEachCityAndARankingOfAll() throws Exception {
    try (var worker = worker()) {
      var submitted = stowage("submit", "--job", "almanac", "--wait");
      assertThat(submitted.code()).as(submitted.output()).isZero();
      assertThat(submitted.output()).contains("almanac/climate[New York]");
      assertThat(stowage("runs").output()).contains("almanac");
      assertThat(stowage("jobs").output()).contains("almanac").contains("cities climate ranking");
      String run = get("/v1/runs").getString("items[0].id");
      assertThat(get("/v1/materializations?run=" + run).getList("items.asset"))
          .allMatch(asset -> asset.toString().startsWith("@runs/" + run + "/almanac/"));
      assertThat(bucket.objects("@runs/" + run + "/almanac/climate/result/")).hasSize(2);
      var ranking = stowage("value", "almanac/ranking", "--as-of", run);
      assertThat(ranking.output()).contains("New York").contains("Seattle");
      assertThat(stowage("value", "almanac/ranking").output()).contains("say which run");
      assertThat(stowage("submit", "--job", "almanac", "--wait").code()).isZero();
      var sweep = stowage("sweep", "--keep", "1", "--grace", "0s");
      assertThat(sweep.code()).as(sweep.output()).isZero();
      assertThat(bucket.objects("@runs/" + run + "/")).isEmpty();
      assertThat(stowage("value", "almanac/ranking", "--as-of", run).output())
          .contains("was removed");
      assertThat(get("/v1/assets").getList("asset")).doesNotContain("almanac/ranking");
      assertThat(stowage("submit", "--job", "almanak").output())
          .contains("there is no job 'almanak'");
      assertThat(stowage("submit", "almanac/ranking").output())
          .contains("is an op of job 'almanac'");
      assertThat(worker.stop()).as(worker.output()).isZero();
    }
  }

  @Test
  void submittingTwiceLosesAndDoublesNothing() {
    try (var worker = worker()) {
      String request =
          "{\"assets\":[\"weather/observations\"],\"partition\":{\"city\":\"Seattle\",\"date\":\"2012-03\"}}";
      String first = submit(request);
      awaitState(first, "succeeded");
      String second = submit(request);
      awaitState(second, "succeeded");
      var made = get("/v1/materializations?asset=weather/observations");
      assertThat(made.getList("items.run_id")).containsExactly(second, first);
      assertThat(made.getList("items.current")).containsExactly(true, false);
      assertThat(new HashSet<>(made.getList("items.location"))).hasSize(2);
    }
  }

  @Test
  void aRunWhoseWorkerIsKilledGoesOnInAnotherAndNothingIsThereTwice() {
    String run;
    try (var killed = worker()) {
      run =
          submit(
              "{\"assets\":[\"bench/readings\",\"bench/total\"],\"tags\":{\"rows\":\"3000000\"}}");
      awaitState(run, "running");
      killed.kill();
    }
    try (var other = worker()) {
      awaitState(run, "succeeded");
      var made = get("/v1/materializations?run=" + run);
      assertThat(made.getList("items.asset"))
          .containsExactlyInAnyOrder("bench/readings", "bench/total");
      assertThat(get("/v1/runs/" + run).getInt("losses")).isEqualTo(1);
    }
  }

  @Test
  void aWorkerKilledBetweenUploadAndCommitLeavesTheCommittedObjectCurrent() throws Exception {
    String request = "{\"assets\":[\"bench/readings\"],\"tags\":{\"rows\":\"400000\"}}";
    String location;
    try (var worker = worker()) {
      awaitState(submit(request), "succeeded");
      location = currentReadings();
      worker.stop();
    }
    String second = submit(request);
    try (var between = new HoldingProxy(URI.create(url("")))) {
      environment.put("STOWAGE_CONTROL_URL", between.url());
      try (var killed = worker()) {
        between.awaitCommit();
        killed.kill();
      }
    }
    environment.put("STOWAGE_CONTROL_URL", url(""));
    assertThat(bucket.objects("bench/readings/")).as("the new object was there").hasSize(2);
    assertThat(currentReadings()).isEqualTo(location);
    assertThat(bucket.rows(location)).isEqualTo(400_000);
    assertThat(bucket.openUploads()).isEmpty();
    try (var other = worker()) {
      awaitState(second, "succeeded");
      assertThat(currentReadings()).isNotEqualTo(location);
      assertThat(get("/v1/materializations?run=" + second).getList("items")).hasSize(1);
    }
  }

  @Test
  @Tag("C30")
  @Tag("C37")
  void aStepIsTriedAsOftenAsItsPolicySaysWithinOneAttemptOfItsRun() {
    try (var worker = worker()) {
      String twice = submit("{\"assets\":[\"faults/flaky\"],\"tags\":{\"fails\":\"2\"}}");
      String often = submit("{\"assets\":[\"faults/flaky\"],\"tags\":{\"fails\":\"3\"}}");
      awaitState(twice, "succeeded");
      awaitState(often, "failed");
      for (String run : List.of(twice, often)) {
        assertThat(get("/v1/runs/" + run).getInt("attempts")).isEqualTo(1);
        assertThat(get("/v1/runs/" + run + "/events").getList("type"))
            .as(worker.output())
            .filteredOn("step_started"::equals)
            .hasSize(3);
      }
      assertThat(get("/v1/runs/" + often).getString("error.message"))
          .contains("faults/flaky")
          .contains("attempt 3 fails");
    }
  }

  private String currentReadings() {
    return get("/v1/materializations?asset=bench/readings")
        .getString("items.find { it.current }.location");
  }

  @Test
  void aRequestInAFileIsExecutedOnceHoweverOftenItIsDelivered() throws IOException {
    Path event = event("storm-1", OBSERVATIONS);
    var started = Instant.now();
    var first = stowage("worker", "--once", "--run-request-file", event.toString());
    assertThat(first.code()).as(first.output()).isZero();
    var claimed = Instant.parse(get("/v1/runs").getString("items[0].started_at"));
    System.getLogger("stowage.test")
        .log(
            System.Logger.Level.INFO,
            "{0}: a one-shot worker has its run {1} ms after its start",
            getClass().getSimpleName(),
            Duration.between(started, claimed).toMillis());
    String other = submitByCommandLine();
    var again = stowage("worker", "--once", "--run-request-file", event.toString());
    assertThat(again.code()).as(again.output()).isZero();
    assertThat(again.output()).contains("is succeeded: there is nothing to do for it");
    var runs = JsonPath.from(stowage("runs", "--json").output());
    assertThat(runs.getList("items.state", String.class)).containsExactly("queued", "succeeded");
    assertThat(runs.getString("items[0].id")).as("asked for by another").isEqualTo(other);
    var wrong =
        stowage(
            "worker",
            "--once",
            "--run-request-file",
            event("storm-2", "{\"asset\": \"weather/monthly\"}").toString());
    assertThat(wrong.code()).as(wrong.output()).isEqualTo(64);
    assertThat(wrong.output()).contains("storm-2.json", "'data.asset'").doesNotContain("\tat ");
  }

  @Test
  void aRequestWhoseRunCannotBeHadIsToBeStartedAgain() throws IOException {
    stowage("worker", "--once");
    assertThat(stowage("queue", "pause", "default").code()).isZero();
    Path event = event("held", OBSERVATIONS);
    var held = stowage("worker", "--once", "--run-request-file", event.toString(), "--wait", "1s");
    assertThat(held.code()).as(held.output()).isEqualTo(69);
    assertThat(held.output()).contains("is queued", "it stays in queue 'default'");
    stowage("queue", "resume", "default");
    var resumed = stowage("worker", "--once", "--run-request-file", event.toString());
    assertThat(resumed.code()).as(resumed.output()).isZero();
    assertThat(stowage("runs").output()).contains("succeeded").doesNotContain("queued");
  }

  private static Path event(String id, String data) throws IOException {
    return Files.writeString(
        Files.createDirectories(Path.of("target", "events")).resolve(id + ".json").toAbsolutePath(),
        """
        {"specversion": "1.0", "type": "weather.arrived", "source": "/stations", "id": "%s",
         "datacontenttype": "application/json", "data": %s}"""
            .formatted(id, data));
  }
}
