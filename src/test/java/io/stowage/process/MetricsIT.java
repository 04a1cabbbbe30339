package io.stowage.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.fixture.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a control plane and a worker, as processes that executed a run, tell Prometheus. */
class MetricsIT {
  private static final Pattern SERIES = Pattern.compile("(?m)^(stowage_\\w+)[ {]");
  private static final Map<String, String> ENVIRONMENT = new HashMap<>();
  private static Stowage serve;
  private static Stowage worker;
  private static String control;
  private static String ofWorker;

  @BeforeAll
  static void executeARun() {
    int port = Stowage.freePort();
    int workerPort = Stowage.freePort();
    ENVIRONMENT.putAll(SharedServers.emptyDatabase());
    ENVIRONMENT.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:" + port);
    ENVIRONMENT.put("STOWAGE_HOME", Path.of("target", "metrics-home").toAbsolutePath().toString());
    var program = Stowage.onJvm("1g");
    serve =
        Stowage.start(program, ENVIRONMENT, "serve", "--migrate", "--port", String.valueOf(port));
    serve.awaitReady("http://127.0.0.1:" + port + "/q/health/ready");
    worker = Stowage.start(program, ENVIRONMENT, "worker", "--port", String.valueOf(workerPort));
    worker.awaitReady("http://127.0.0.1:" + workerPort + "/q/health/ready");
    var submitted =
        Stowage.run(
            program,
            ENVIRONMENT,
            "submit",
            "weather/observations",
            "weather/monthly",
            "--partition",
            "2012-03",
            "--wait");
    assertThat(submitted.code()).as(submitted.output()).isZero();
    await()
        .atMost(Duration.ofSeconds(45)) // the dead are counted each half minute
        .until(
            () -> {
              String told = scrape(port);
              return told.contains("stowage_sessions{queue=\"default\"} 1")
                  && told.contains("stowage_queue_dead{queue=\"default\"} 0");
            });
    control = scrape(port);
    ofWorker = scrape(workerPort);
  }

  @AfterAll
  static void endThem() {
    worker.close();
    serve.close();
  }

  private static String scrape(int port) {
    return given()
        .accept("text/plain; version=0.0.4")
        .get("http://127.0.0.1:" + port + "/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .replace(",}", "}");
  }

  @Test
  void eachMetricThatAnAlertOrTheDashboardNamesIsTold() throws IOException {
    var told = new TreeSet<>(names(control));
    told.addAll(names(ofWorker));
    assertThat(told).containsAll(PrometheusRules.metrics());
    assertThat(told).containsAll(GrafanaDashboard.metrics());
  }

  @Test
  void theControlPlaneTellsOfItsQueueItsCallsAndItself() {
    assertThat(names(control))
        .contains(
            "stowage_queue_depth",
            "stowage_queue_running",
            "stowage_queue_oldest_age_seconds",
            "stowage_sessions",
            "stowage_slots",
            "stowage_claims_waiting",
            "stowage_claim_seconds_bucket",
            "stowage_call_seconds_bucket",
            "stowage_statement_seconds_count",
            "stowage_statement_calls_bucket",
            "stowage_attempts_total",
            "stowage_runs_submitted_total",
            "stowage_materializations_total",
            "stowage_leader");
    assertThat(control)
        .contains(
            "stowage_leader 1",
            "stowage_listener_connected 1",
            "stowage_attempts_total{kind=\"none\",outcome=\"succeeded\"} 1",
            "stowage_queue_depth{queue=\"default\",state=\"queued\"} 0",
            "stowage_leases_stale_total{call=\"commit\"} 0",
            "stowage_messages_total{outcome=\"failed\"} 0");
    for (String call : List.of("claim", "complete", "commit", "submit")) {
      assertThat(control).contains("stowage_call_seconds_count{call=\"" + call + "\"}");
    }
  }

  @Test
  void theWorkerTellsOfItsSessionItsStepsAndItsStores() {
    assertThat(ofWorker)
        .contains(
            "stowage_worker_connected 1",
            "stowage_worker_slots 4",
            "stowage_worker_sessions_total 1",
            "stowage_steps_seconds_count{group=\"weather\",outcome=\"succeeded\"}",
            "stowage_io_bytes_total{direction=\"store\",io_manager=\"lake\"}",
            "stowage_io_rows_total{direction=\"load\"");
    for (String part : List.of("load", "compute", "store", "commit")) {
      assertThat(ofWorker).contains("stowage_step_part_seconds_count{part=\"" + part + "\"}");
    }
  }

  @Test
  void prometheusFindsNoFaultWithTheirNamesUnitsAndTexts() throws Exception {
    var promtool = Tool.promtool();
    promtool.run(PrometheusRules.FOLDER, ours(control), "check", "metrics");
    promtool.run(PrometheusRules.FOLDER, ours(ofWorker), "check", "metrics");
  }

  @Test
  void aWorkerWithoutAControlPlaneIsAliveButNotReady() {
    var cutOff = new HashMap<>(ENVIRONMENT);
    cutOff.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:1");
    int port = Stowage.freePort();
    try (var alone =
        Stowage.start(Stowage.onJvm("1g"), cutOff, "worker", "--port", String.valueOf(port))) {
      alone.awaitReady("http://127.0.0.1:" + port + "/q/health/live");
      given().get("http://127.0.0.1:" + port + "/q/health/ready").then().statusCode(503);
    }
  }

  /** Without those of Quarkus and the JVM, whose names are not ours to choose. */
  private static String ours(String scrape) {
    return scrape
        .lines()
        .filter(line -> line.matches("(# (HELP|TYPE) )?stowage_.*"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Set<String> names(String scrape) {
    return SERIES
        .matcher(scrape)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
