package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.protocol.Json;
import io.stowage.protocol.RunEvent;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitRequest;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs of the sample that read the past, from the request to what the worker loads. */
@QuarkusTest
@Tag("C51")
class AsOfRunIT {
  private static final String OBSERVATIONS = "weather/observations";
  private static final String MONTHLY = "weather/monthly";
  private static final String MONTH = "2014-03";
  private static final List<String> CITIES = List.of("New York|" + MONTH, "Seattle|" + MONTH);

  @TestHTTPResource URI base;
  @Inject Database database;
  @Inject Provider<Worker> workers;

  private QueueUnderTest queue;

  @BeforeEach
  void beginWithNothing() {
    database.query("DELETE FROM stowage.live"); // other tests leave attempts under way
    database.query("DELETE FROM stowage.materialization WHERE asset LIKE 'weather/%'");
    database.query("DELETE FROM stowage.asset_partition WHERE asset LIKE 'weather/%'");
    queue = QueueUnderTest.at(base, database);
    work(); // so that the catalog is known
  }

  private void work() {
    assertThat(workers.get().once(1, Duration.ZERO)).isZero();
  }

  private RunView executed(SubmitRequest request) {
    UUID run = queue.submit(request);
    work();
    return queue.run(run);
  }

  private static SubmitRequest of(String asset, String partition, Map<String, Object> config) {
    return SubmitRequest.of(List.of(asset)).partition(partition).config(config).build();
  }

  /** Both cities of the month, each by a run of its own. */
  private List<UUID> stored(Map<String, Object> config) {
    return CITIES.stream()
        .map(city -> succeeded(executed(of(OBSERVATIONS, city, config))).id())
        .toList();
  }

  private static RunView succeeded(RunView run) {
    assertThat(run.state()).as("%s", run.error()).isEqualTo("succeeded");
    return run;
  }

  private RunView monthly(@Nullable Object asOf) {
    return monthly(asOf, Map.of());
  }

  private RunView monthly(@Nullable Object asOf, Map<String, Object> config) {
    return executed(of(MONTHLY, MONTH, config).asOf(asOf == null ? null : String.valueOf(asOf)));
  }

  private Stream<RunEvent> events(RunView run, String type) {
    return Stream.of(
            queue
                .client()
                .call(
                    "GET",
                    "/v1/runs/" + run.id() + "/events",
                    null,
                    RunEvent[].class,
                    QueueUnderTest.TIMEOUT))
        .filter(event -> event.type().equals(type));
  }

  /** Which runs made what the run has read, by partition in their order, as its events tell. */
  private List<UUID> read(RunView run) {
    return events(run, "input_loaded")
        .filter(event -> OBSERVATIONS.equals(event.data().get("asset")))
        .flatMap(event -> ((List<?>) event.data().get("read")).stream())
        .map(part -> UUID.fromString(String.valueOf(((Map<?, ?>) part).get("materialization"))))
        .map(
            id ->
                database
                    .first("SELECT run_id FROM stowage.materialization WHERE id = $1", id)
                    .orElseThrow()
                    .getUUID("run_id"))
        .toList();
  }

  private String failure(RunView run) {
    assertThat(run.state()).isEqualTo("failed");
    assertThat(events(run, "materialized")).isEmpty();
    return String.valueOf(run.error().get("message"));
  }

  @Test
  void readsWhatWasCurrentAtATime() {
    var first = stored(Map.of());
    Instant then = Instant.now();
    var second = stored(Map.of());

    assertThat(read(succeeded(monthly(null)))).containsExactlyInAnyOrderElementsOf(second);
    RunView past = succeeded(monthly(then));
    assertThat(read(past)).containsExactlyInAnyOrderElementsOf(first);
    assertThat(past.spec().options()).containsEntry("as-of", then.toString());
  }

  @Test
  void readsWhatARunMadeAndBesideItWhatItLeft() {
    var first = stored(Map.of());
    var second = stored(Map.of());
    stored(Map.of());

    assertThat(read(succeeded(monthly(first.get(1))))).containsExactlyInAnyOrderElementsOf(first);
    assertThat(read(succeeded(monthly(second.get(0)))))
        .containsExactlyInAnyOrder(second.get(0), first.get(1));
  }

  @Test
  void aPartOfTheRunIsReadAsTheRunMakesIt() {
    stored(Map.of());
    Instant then = Instant.now();
    UUID run =
        queue.submit(
            SubmitRequest.of(List.of(OBSERVATIONS, MONTHLY))
                .partition(MONTH)
                .build()
                .asOf(then.toString()));
    work();

    assertThat(read(succeeded(queue.run(run)))).hasSize(2).containsOnly(run);
    stored(Map.of());
    assertThat(read(succeeded(monthly(run)))).as("a run of both").hasSize(2).containsOnly(run);
  }

  @Test
  void anAssetThatWasNotThereFailsBeforeTheBodyRuns() {
    Instant then = Instant.now();
    stored(Map.of());

    assertThat(failure(monthly(then)))
        .contains("'" + OBSERVATIONS + "' was never materialized", "'Seattle|2014-03'")
        .endsWith("by " + then);
  }

  @Test
  void aRetryReadsTheSamePast() {
    Instant then = Instant.now();
    stored(Map.of());
    RunView failed = monthly(then);
    failure(failed);

    String again =
        given()
            .post("/v1/runs/" + failed.id() + "/retry")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    work();

    assertThat(failure(queue.run(UUID.fromString(again)))).endsWith("by " + then);
  }

  @Test
  void whatRetentionRemovedIsSaidToBeRemoved() {
    stored(Map.of());
    Instant then = Instant.now();
    stored(Map.of());
    succeeded(
        executed(
            SubmitRequest.of(List.of(OBSERVATIONS))
                .kind(RunKind.SWEEP.word())
                .options(Map.of("keep", 1, "grace", "0s"))
                .build()));

    assertThat(failure(monthly(then)))
        .contains("'" + OBSERVATIONS + "' partition", "was removed at", "by retention");
  }

  @Test
  void aSweepLeavesWhatAWaitingRunOfThePastIsToRead() {
    stored(Map.of());
    Instant then = Instant.now();
    var second = stored(Map.of());
    UUID waiting =
        queue.submit(
            SubmitRequest.of(List.of(MONTHLY))
                .partition(MONTH)
                .priority(9)
                .build()
                .asOf(then.toString()));
    var keepOne = Map.<String, Object>of("keep", 1, "grace", "0s");
    var sweep =
        SubmitRequest.of(List.of(OBSERVATIONS))
            .priority(0)
            .kind(RunKind.SWEEP.word())
            .options(keepOne)
            .build();

    assertThat(succeeded(executed(sweep)).result()).containsEntry("removed", 0);
    work();
    assertThat(read(succeeded(queue.run(waiting)))).doesNotContainAnyElementsOf(second);
    assertThat(succeeded(executed(sweep)).result()).containsEntry("removed", 2);
  }

  @Test
  void aFlatLayoutCannotReadWhatWasOverwritten() {
    Map<String, Object> flat = Map.of("io", Map.of("lake", Map.of("layout", "flat")));
    stored(flat);
    Instant then = Instant.now();
    assertThat(read(succeeded(monthly(then, flat)))).hasSize(2);
    stored(Map.of("io", Map.of("lake", Map.of("layout", "flat", "codec", "null"))));

    assertThat(failure(monthly(then, flat)))
        .contains(OBSERVATIONS, "it was overwritten: its etag is", "the ledger knows");
    assertThat(read(succeeded(monthly(null, flat)))).hasSize(2);
  }

  @Test
  void refusesAtTheDoorWhatIsNoPast() {
    UUID live = queue.submit();
    for (String wrong :
        List.of(
            "yesterday",
            "",
            "2999-01-01",
            "-200000-01-01T00:00:00Z",
            UUID.randomUUID().toString(),
            live.toString())) {
      refused(wrong, Map.of("assets", List.of(MONTHLY), "partition", MONTH, "as_of", wrong));
    }
    refused("a sweep", Map.of("kind", "sweep", "as_of", "2020-01-01"));
  }

  private static void refused(String what, Map<String, Object> body) {
    given()
        .contentType("application/json")
        .body(Json.text(body))
        .post("/v1/runs")
        .then()
        .statusCode(400)
        .body(
            "errors.field",
            org.hamcrest.Matchers.describedAs(what, org.hamcrest.Matchers.contains("as_of")));
  }
}
