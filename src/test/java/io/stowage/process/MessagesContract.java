package io.stowage.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.fixture.SqsEndpoint;
import io.stowage.fixture.StsEndpoint;
import io.stowage.message.MessageQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that workers hear of by messages, from outside: real processes, PostgreSQL, ElasticMQ. The
 * same for the JVM and for the binary.
 */
abstract class MessagesContract {
  private static final String REQUEST =
      "{\"assets\":[\"weather/observations\",\"weather/monthly\"],\"partition\":\"2012-03\"}";

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();
  private SqsEndpoint sqs;
  private MessageQueue messages;
  private Stowage serve;
  private int port;

  abstract List<String> program();

  @BeforeEach
  void startServersAndControlPlane() {
    sqs = SqsEndpoint.start();
    messages = sqs.queue("runs", Duration.ofSeconds(30));
    port = Stowage.freePort();
    environment.putAll(SharedServers.database(program()));
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:" + port);
    environment.put("STOWAGE_HOME", home.toString());
    environment.put("STOWAGE_QUEUE_URL", sqs.url("runs"));
    environment.put("STOWAGE_QUEUE_ACCESS_KEY", SqsEndpoint.ACCESS_KEY);
    environment.put("STOWAGE_QUEUE_SECRET_KEY", SqsEndpoint.SECRET_KEY);
    serve = start("serve", "--port", String.valueOf(port));
    serve.awaitReady("http://127.0.0.1:" + port + "/q/health/ready");
  }

  @AfterEach
  void endThem() {
    serve.close();
    messages.close();
    sqs.close();
  }

  private Stowage start(String... arguments) {
    return Stowage.start(program(), environment, arguments);
  }

  private Stowage worker() {
    return start("worker", "--port", String.valueOf(Stowage.freePort()));
  }

  private String get(String path, String of) {
    return given().get("http://127.0.0.1:" + port + path).jsonPath().getString(of);
  }

  private String submit() {
    return given()
        .contentType("application/json")
        .body(REQUEST)
        .post("http://127.0.0.1:" + port + "/v1/runs")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void awaitState(String run, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(get("/v1/runs/" + run, "state")).isEqualTo(state));
  }

  private void awaitMessages(int count) {
    await().untilAsserted(() -> assertThat(messages.depth()).isEqualTo(count));
  }

  /** So that its catalog is known, and runs can be submitted with nobody there. */
  private void withAWorkerOnce() {
    environment.remove("STOWAGE_QUEUE_URL");
    assertThat(Stowage.run(program(), environment, "worker", "--once").code()).isZero();
    environment.put("STOWAGE_QUEUE_URL", "sqs://runs");
    environment.put("STOWAGE_QUEUE_ENDPOINT", sqs.uri().toString());
  }

  @Test
  void aWorkerHearsOfRunsByMessages() {
    withAWorkerOnce();
    String run = submit();
    awaitMessages(1);
    try (var worker = worker()) {
      awaitState(run, "succeeded");
      awaitMessages(0);
      String later = submit();
      awaitState(later, "succeeded");
      awaitMessages(0);
      sqs.put("runs", run);
      sqs.put("runs", later);
      awaitMessages(0);
      assertThat(get("/v1/runs/" + run, "attempts")).isEqualTo("1");
      assertThat(worker.stop()).as(worker.output()).isZero();
      assertThat(worker.output()).doesNotContain("WARN").doesNotContain(SqsEndpoint.SECRET_KEY);
    }
    assertThat(serve.output()).doesNotContain("no word of").doesNotContain(SqsEndpoint.SECRET_KEY);
  }

  @Test
  void aJobTakesTheRunOfAMessageWithCredentialsOfTheEnvironment() {
    withAWorkerOnce();
    environment.remove("STOWAGE_QUEUE_ACCESS_KEY");
    environment.remove("STOWAGE_QUEUE_SECRET_KEY");
    environment.put("AWS_ACCESS_KEY_ID", SqsEndpoint.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", SqsEndpoint.SECRET_KEY);
    String run = submit();
    awaitMessages(1);
    var once = Stowage.run(program(), environment, "worker", "--once");
    assertThat(once.code()).as(once.output()).isZero();
    assertThat(once.output()).doesNotContain("WARN");
    awaitState(run, "succeeded");
    awaitMessages(0);
  }

  @Test
  void aJobTakesTheRunOfAMessageInTheRoleOfItsServiceAccount() throws IOException {
    withAWorkerOnce();
    environment.remove("STOWAGE_QUEUE_ACCESS_KEY");
    environment.remove("STOWAGE_QUEUE_SECRET_KEY");
    try (var sts = StsEndpoint.start()) {
      environment.put(
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          Files.writeString(home.resolve("token"), "who-i-am").toString());
      environment.put("AWS_ROLE_ARN", "arn:aws:iam::000000000000:role/worker");
      environment.put("AWS_REGION", "eu-central-1");
      environment.put("AWS_ENDPOINT_URL_STS", sts.uri().toString());
      String run = submit();
      awaitMessages(1);
      var once = Stowage.run(program(), environment, "worker", "--once");
      assertThat(once.code()).as(once.output()).isZero();
      awaitState(run, "succeeded");
      assertThat(once.output()).doesNotContain("WARN");
      assertThat(sts.asked())
          .first()
          .asString()
          .contains("AssumeRoleWithWebIdentity")
          .contains("who-i-am");
    }
  }

  @Test
  void theDoctorLooksAtTheQueuesToo() {
    assertThat(Stowage.run(program(), environment, "doctor").output())
        .containsPattern("ok    messages: queue 'default' at\\s+" + sqs.url("runs") + "\\s+holds");
    environment.put("STOWAGE_QUEUE_URL", sqs.url("nowhere"));
    assertThat(Stowage.run(program(), environment, "doctor").output())
        .contains("fail  messages: ")
        .containsPattern("no\\s+such\\s+queue");
  }

  @Test
  void workGoesOnWhileTheServiceIsAway() {
    withAWorkerOnce();
    messages.close();
    sqs.close();
    String run = submit();
    try (var worker = worker()) {
      awaitState(run, "succeeded");
      assertThat(worker.output()).contains("meanwhile the control plane is asked for runs");
    }
    await().untilAsserted(() -> assertThat(serve.output()).contains("they are told of again"));
  }

  @Test
  void refusesASettingThatMakesNoSenseByItsName() {
    var settings =
        Map.of(
            "stowage.queue.url", "runs",
            "stowage.queue.url.large", "sqs://large.fifo",
            "stowage.queue.secret-key", "",
            "stowage.queue.visibility", "0s");
    settings.forEach(
        (property, value) -> {
          var wrong = new HashMap<>(environment);
          wrong.put(property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value);
          var ended = Stowage.run(program(), wrong, "worker", "--once");
          assertThat(ended.code()).as(ended.output()).isEqualTo(64);
          assertThat(ended.output()).contains(property).doesNotContain("\tat ");
        });
    environment.put("STOWAGE_WORKER_QUEUES", "default,large");
    var lacking = Stowage.run(program(), environment, "worker", "--once");
    assertThat(lacking.code()).isEqualTo(64);
    assertThat(lacking.output()).contains("stowage.queue.url.large");
  }
}
