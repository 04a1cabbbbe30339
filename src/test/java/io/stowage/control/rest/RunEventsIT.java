package io.stowage.control.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.Lease;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run's events, told by type, with who and why, as a list and as a stream. */
@QuarkusTest
@Timeout(60)
class RunEventsIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TestHTTPResource("/")
  private URI base;

  @Inject Database database;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
  }

  private HttpResponse<Stream<String>> stream(UUID run, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve("/v1/runs/" + run + "/events"))
            .header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofLines());
  }

  private static List<String> types(Stream<String> lines) {
    return lines.filter(line -> line.startsWith("event:")).map(line -> line.substring(6)).toList();
  }

  @Test
  void theStreamTellsEachEventOnceAndEndsWithTheRun() throws Exception {
    UUID run = queue.submit();
    var answer = stream(run);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    var lines = new CopyOnWriteArrayList<String>();
    var read = CompletableFuture.runAsync(() -> answer.body().forEach(lines::add));
    await().until(() -> lines.contains("event:submitted"));
    ScriptedWorker worker = queue.worker();
    Lease lease = worker.claim();
    await().until(() -> lines.contains("event:claimed"));
    worker.event(lease, "half");
    worker.succeed(lease);
    read.join();
    assertThat(types(lines.stream())).containsExactly("submitted", "claimed", "log", "succeeded");
    assertThat(lines).contains("id:1", "id:2", "id:3", "id:4");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("data:") && line.contains("\"half\""))
        .hasSize(1);
  }

  @Test
  void whoWasCutOffGoesOnWhereItWas() throws Exception {
    UUID run = queue.submit();
    var worker = queue.worker();
    worker.succeed(worker.claim());
    assertThat(types(stream(run, "Last-Event-ID", "2").body())).containsExactly("succeeded");
    assertThat(types(stream(run, "Last-Event-ID", "3").body())).isEmpty();
    assertThat(types(stream(run).body())).containsExactly("submitted", "claimed", "succeeded");
  }

  @Test
  void whoAsksForNothingInParticularGetsTheList() {
    UUID run = queue.submit();
    given()
        .accept("*/*")
        .get("/v1/runs/" + run + "/events")
        .then()
        .statusCode(200)
        .contentType("application/json");
  }

  @Test
  void aRunThatIsNotThereIsAProblemAlsoForAStream() throws Exception {
    var answer = stream(UUID.randomUUID());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).anyMatch(line -> line.contains("there is no run"));
    assertThat(stream(queue.submit(), "Last-Event-ID", "x").statusCode()).isEqualTo(400);
  }

  @Test
  void theFirstEventSaysWhoAskedAndWhereTheRunStands() {
    UUID run = queue.submit();
    var data =
        given()
            .get("/v1/runs/" + run + "/events")
            .jsonPath()
            .getMap("[0].data", String.class, String.class);
    assertThat(data).containsEntry("by", "anonymous").containsEntry("state", "queued");
  }
}
