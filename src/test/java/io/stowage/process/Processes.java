package io.stowage.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What one sees of the program from outside: real processes, PostgreSQL 18, an S3 endpoint. The
 * same for the JVM and for the binary: a subclass says what is tested, one of that how the program
 * is started. Each test has a control plane, a database and a bucket of its own.
 */
abstract class Processes {
  static final String MARCH =
      "{\"assets\":[\"weather/observations\",\"weather/monthly\"],\"partition\":\"2012-03\"}";

  final Map<String, String> environment = new HashMap<>();
  SeenBucket bucket;
  private int port;
  private Stowage serve;

  abstract List<String> program();

  /** The program with so large a heap at the most. */
  abstract List<String> program(String mostHeap);

  @BeforeEach
  void startTheControlPlane() {
    bucket = SharedServers.bucket();
    port = Stowage.freePort();
    environment.putAll(SharedServers.database(program()));
    environment.putAll(SharedServers.store(bucket));
    environment.put("STOWAGE_CONTROL_URL", url(""));
    environment.put("STOWAGE_CONTROL_SESSION_TTL", "4s");
    environment.put("STOWAGE_CONTROL_HEARTBEAT", "1s");
    environment.put("STOWAGE_CONTROL_REAPER", "1s");
    serve = start("serve", "--port", String.valueOf(port));
    System.getLogger("stowage.test")
        .log(
            System.Logger.Level.INFO,
            "{0}: serve is live after {1} ms, {2} MiB",
            getClass().getSimpleName(),
            serve.awaitReady(url("/q/health/live")),
            serve.residentMib());
  }

  @AfterEach
  void endIt() {
    serve.close();
  }

  Stowage start(String... arguments) {
    return Stowage.start(program(), environment, arguments);
  }

  Stowage.Ended stowage(String... arguments) {
    return Stowage.run(program(), environment, arguments);
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  Stowage worker(String... more) {
    var arguments =
        new ArrayList<>(List.of("worker", "--port", String.valueOf(Stowage.freePort())));
    arguments.addAll(List.of(more));
    Stowage worker = start(arguments.toArray(String[]::new));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get("/v1/queues").getInt("find { it.queue == 'default' }.sessions") > 0);
    return worker;
  }

  JsonPath get(String path) {
    return given().get(url(path)).jsonPath();
  }

  String submit(String body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post(url("/v1/runs"))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  void awaitState(String run, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> get("/v1/runs/" + run).getString("state"), equalTo(state));
  }

  String submitByCommandLine() {
    var submitted =
        stowage("submit", "weather/observations", "--partition", "Seattle|2012-03", "--json");
    assertThat(submitted.code()).as(submitted.output()).isZero();
    return JsonPath.from(submitted.output()).getString("id");
  }
}
