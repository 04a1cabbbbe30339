package io.stowage.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.stowage.fixture.S3Endpoint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What one sees of the program from outside: real processes, PostgreSQL 18, an S3 endpoint. The
 * same for the JVM and for the binary; a subclass says how it is started.
 */
abstract class ProcessContract {
  private static final String OBSERVATIONS =
      "{\"assets\": [\"weather/observations\"], \"partition\": \"Seattle|2012-03\"}";
  private static final String MARCH =
      "{\"assets\":[\"weather/observations\",\"weather/monthly\"],\"partition\":\"2012-03\"}";

  private EmbeddedPostgres postgres;
  private S3Endpoint s3;
  private SeenBucket bucket;
  private int port;
  private Stowage serve;
  private final Map<String, String> environment = new HashMap<>();

  abstract List<String> program();

  /** The program with so large a heap at the most. */
  abstract List<String> program(String mostHeap);

  @BeforeEach
  void startServersAndControlPlane() throws IOException {
    postgres = EmbeddedPostgres.start();
    s3 = S3Endpoint.start();
    bucket = new SeenBucket(s3, "weather");
    port = Stowage.freePort();
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
    environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:" + port);
    environment.put("STOWAGE_CONTROL_SESSION_TTL", "4s");
    environment.put("STOWAGE_CONTROL_HEARTBEAT", "1s");
    environment.put("STOWAGE_CONTROL_REAPER", "1s");
    environment.put("STOWAGE_STORES_DEFAULT_TYPE", "s3");
    environment.put("STOWAGE_STORES_DEFAULT_CREATE_BUCKET", "true");
    s3.settings("weather")
        .forEach(
            (name, value) ->
                environment.put(
                    "STOWAGE_STORES_DEFAULT_" + name.toUpperCase(Locale.ROOT).replace('-', '_'),
                    value));
    assertThat(stowage("migrate"))
        .satisfies(ended -> assertThat(ended.code()).as(ended.output()).isZero());
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
  void endThem() throws IOException {
    serve.close();
    s3.close();
    postgres.close();
  }

  private Stowage start(String... arguments) {
    return Stowage.start(program(), environment, arguments);
  }

  private Stowage.Ended stowage(String... arguments) {
    return Stowage.run(program(), environment, arguments);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private Stowage worker(String... more) {
    var arguments =
        new ArrayList<>(List.of("worker", "--port", String.valueOf(Stowage.freePort())));
    arguments.addAll(List.of(more));
    Stowage worker = start(arguments.toArray(String[]::new));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get("/v1/queues").getInt("find { it.queue == 'default' }.sessions") > 0);
    return worker;
  }

  private JsonPath get(String path) {
    return given().get(url(path)).jsonPath();
  }

  private String submit(String body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post(url("/v1/runs"))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void awaitState(String run, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> get("/v1/runs/" + run).getString("state"), equalTo(state));
  }

  @Test
  void theSampleRunsThroughTheQueueIntoAvroThatAnybodyReads() throws Exception {
    try (var worker = worker()) {
      String run =
          submit(
              "{\"assets\":[\"weather/observations\",\"weather/monthly\"],\"partition\":\"2012-03\"}");
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

  private String currentReadings() {
    return get("/v1/materializations?asset=bench/readings")
        .getString("items.find { it.current }.location");
  }

  @Test
  void tokensLetInWhoHasTheRole() {
    int guarded = Stowage.freePort();
    for (String role : List.of("read", "submit", "work")) {
      environment.put("STOWAGE_CONTROL_TOKENS_" + role.toUpperCase(Locale.ROOT), "the-" + role);
    }
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:" + guarded);
    String runs = "http://127.0.0.1:" + guarded + "/v1/runs";
    try (var closed = start("serve", "--port", String.valueOf(guarded))) {
      closed.awaitReady("http://127.0.0.1:" + guarded + "/q/health/live");
      given().get(runs).then().statusCode(401).body("code", equalTo("unauthenticated"));
      given().auth().oauth2("guessed").get(runs).then().statusCode(401);
      given().auth().oauth2("the-work").get(runs).then().statusCode(403);
      given().auth().oauth2("the-read").get(runs).then().statusCode(200);
      given().auth().oauth2("the-submit").get(runs).then().statusCode(200);
      given()
          .auth()
          .oauth2("the-read")
          .contentType("application/json")
          .body("{\"assets\":[\"bench/nothing\"]}")
          .post(runs)
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
      var stranger = stowage("worker", "--once");
      assertThat(stranger.code()).as(stranger.output()).isNotZero();
      assertThat(stranger.output()).contains("token").doesNotContain("\tat ");
      environment.put("STOWAGE_CONTROL_TOKEN", "the-work");
      assertThat(stowage("worker", "--once")).extracting(Stowage.Ended::code).isEqualTo(0);
      environment.put("STOWAGE_CONTROL_TOKEN", "the-submit");
      assertThat(stowage("submit", "bench/nothing").code()).isZero();
      environment.put("STOWAGE_CONTROL_TOKEN", "the-work");
      var once = stowage("worker", "--once", "--wait", "10s");
      assertThat(once.code()).as(once.output()).isZero();
      assertThat(once.output() + closed.output()).doesNotContain("the-work");
      assertThat(closed.stop()).as("SIGTERM ends a control plane in order").isZero();
    }
  }

  @Test
  void aWorkerAnswersMetricsAndHealthButNoControlPath() {
    int own = Stowage.freePort();
    try (var worker = start("worker", "--port", String.valueOf(own))) {
      worker.awaitReady("http://127.0.0.1:" + own + "/q/health/ready");
      given().get("http://127.0.0.1:" + own + "/q/metrics").then().statusCode(200);
      given()
          .get("http://127.0.0.1:" + own + "/v1/runs")
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
    }
  }

  @Test
  void theDoctorLooksAtAllThatAServerNeeds() {
    var doctor = stowage("doctor");
    assertThat(doctor.output())
        .contains("ok    control plane: '" + url("") + "' answers in ")
        .contains("ok    database: PostgreSQL 18")
        .containsPattern("ok    database schema: \\d+ migrations, up to version \\d+")
        .contains("database durability: ", "ok    database connections: ")
        .contains("ok    oldest transaction: ")
        .contains("store 'default': 's3://weather/' is written in ");
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:1");
    assertThat(stowage("doctor").output())
        .contains("fail  control plane: no answer", "ok    database: ", "ok    store 'default'");
  }

  @Test
  void oneShotWorkersExitWithWhatKubernetesCanActOn() {
    assertThat(stowage("worker", "--once").code()).isZero();
    String run = submitByCommandLine();
    var once = stowage("worker", "--once", "--wait", "10s");
    assertThat(once.code()).as(once.output()).isZero();
    awaitState(run, "succeeded");
    given()
        .accept("text/event-stream")
        .get(url("/v1/runs/" + run + "/events"))
        .then()
        .body(containsString("event:submitted"), containsString("event:succeeded"));
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:1");
    environment.put("STOWAGE_WORKER_START_BUDGET", "1s");
    assertThat(stowage("worker", "--once").code()).isEqualTo(69);
    environment.put("STOWAGE_IO_LAKE_CODECC", "x");
    assertThat(stowage("worker", "--once", "--url", url("")).code())
        .as("an unknown setting")
        .isIn(0, 64);
    environment.remove("STOWAGE_IO_LAKE_CODECC");
    environment.put("STOWAGE_IO_LAKE_LEVEL", "high");
    var wrong = stowage("worker", "--once");
    assertThat(wrong.code()).isEqualTo(64);
    assertThat(wrong.output())
        .contains("stowage.io.lake.level")
        .contains("high")
        .doesNotContain("\tat ");
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

  private String submitByCommandLine() {
    var submitted =
        stowage("submit", "weather/observations", "--partition", "Seattle|2012-03", "--json");
    assertThat(submitted.code()).as(submitted.output()).isZero();
    return JsonPath.from(submitted.output()).getString("id");
  }

  @Test
  void theCommandLineShowsWhatHappened() {
    stowage("worker", "--once");
    String run = submitByCommandLine();
    stowage("worker", "--once", "--wait", "10s");
    assertThat(stowage("runs").output()).contains(run).contains("succeeded");
    assertThat(stowage("run", run).output())
        .contains("materialized")
        .contains("state       succeeded");
    assertThat(stowage("assets").output()).contains("weather/monthly");
    assertThat(stowage("materializations", "weather/observations").output())
        .contains("Seattle|2012-03")
        .contains("31");
    assertThat(
            JsonPath.from(stowage("materializations", "--json").output())
                .getString("items[0].run_id"))
        .isEqualTo(run);
    var unknown = stowage("submit", "weather/mothly");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.output()).contains("weather/mothly").doesNotContain("\tat ");
    assertThat(stowage("run", UUID.randomUUID().toString()).code()).isEqualTo(1);
    assertThat(stowage("runs", "--nonsense").code()).isEqualTo(2);
  }

  @Test
  void listsFitTheTerminalThatColumnsNames() {
    stowage("worker", "--once");
    submitByCommandLine();
    stowage("worker", "--once", "--wait", "10s");
    stowage("backfill", "weather", "--from", "2012-01", "--to", "2012-02", "--no-wait");
    environment.put("COLUMNS", "80");
    for (String list :
        List.of(
            "runs",
            "assets",
            "jobs",
            "materializations",
            "backfills",
            "queues",
            "workers",
            "schedules",
            "dead")) {
      var shown = stowage(list);
      assertThat(shown.code()).as(shown.output()).isZero();
      assertThat(shown.output().lines().filter(line -> !line.startsWith("more:")))
          .as(list)
          .hasSizeGreaterThan(1)
          .allMatch(line -> line.length() <= 80, "fits 80 columns");
    }
  }

  @Test
  void aContextStandsForUrlAndToken() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "contexts", "stowage"));
    Files.writeString(folder.resolve("contexts.properties"), "prod.url = " + url("") + "\n");
    environment.put("XDG_CONFIG_HOME", folder.getParent().toAbsolutePath().toString());
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:1");
    assertThat(stowage("runs").code()).isEqualTo(69);
    assertThat(stowage("--context", "prod", "runs").code()).isZero();
    var unknown = stowage("runs", "--context", "test");
    assertThat(unknown.code()).isEqualTo(64);
    assertThat(unknown.output()).contains("no context 'test'", "[prod]");
    environment.remove("STOWAGE_CONTROL_URL");
    environment.put("STOWAGE_CONTEXT", "prod");
    assertThat(stowage("runs").code()).isZero();
    assertThat(stowage("worker", "--once").code()).isZero();
  }

  @Test
  void itTellsOfItselfWhatAProgramNeeds() {
    assertThat(stowage("completion", "bash").output())
        .contains("_complete_stowage", "--idempotency-key");
    given()
        .get(url("/v1/openapi"))
        .then()
        .statusCode(200)
        .contentType("application/yaml")
        .body(containsString("operationId: submitRun"));
  }

  @Test
  @Tag("C7")
  @Tag("C40")
  void whatNoSettingTakesAndWhatSelectsNothingIsRefusedWhenItIsAskedFor() {
    stowage("worker", "--once");
    Map.of(
            "io.report.style=loud", "'loud' is no Style: there are [MARKDOWN, TEXT]",
            "io.report.titel=x", "is 'title' meant?",
            "io.report.title=${stowage.stores.default.secret-key}", "cannot refer to another one",
            "io.report.width=99999999999", "'99999999999' is no int",
            "io.reprot.width=1", "is 'report' meant?")
        .forEach((setting, told) -> refused(told, "submit", "weather", "--set", setting));
    refused("is 'group:weather' meant?", "submit", "group:wether");
    refused("is 'weather/monthly' meant?", "submit", "*weather/montly+");
  }

  private void refused(String told, String... command) {
    var ended = stowage(command);
    assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output()).contains(told).doesNotContain("\tat ");
  }

  @Test
  @Tag("C64")
  void aStoredValueIsReadFromOutsideARun() throws IOException {
    stowage("worker", "--once");
    var never = stowage("value", "weather/monthly", "--partition", "2012-03");
    assertThat(never.code()).as(never.output()).isEqualTo(1);
    assertThat(never.output())
        .contains("asset 'weather/monthly' was never materialized for partition '2012-03'")
        .doesNotContain("\tat ");
    String run = submit(MARCH);
    stowage("worker", "--once", "--wait", "10s");
    awaitState(run, "succeeded");

    var table = stowage("value", "weather/monthly", "--partition", "2012-03");
    assertThat(table.code()).as(table.output()).isZero();
    assertThat(table.output().lines().findFirst().orElseThrow())
        .matches("month +city .*")
        .hasSizeLessThanOrEqualTo(80);
    assertThat(table.output()).contains("New York", "Seattle");

    var json = stowage("value", "weather/monthly", "--json", "--as-of", run);
    assertThat(JsonPath.from(json.output()).getList("city")).containsExactly("New York", "Seattle");
    assertThat(stowage("value", "weather/monthly", "--as-of", "2020-01-01T00:00:00Z").output())
        .contains("was never materialized by 2020-01-01T00:00:00Z");
    assertThat(stowage("value", "weather/observations", "--limit", "3").output())
        .contains("there are more rows");

    Path file = Path.of("target", "processes", "observations-" + run + ".csv");
    var written =
        stowage(
            "value", "weather/observations", "-p", "Seattle|2012-03", "--output", file.toString());
    assertThat(written.code()).as(written.output()).isZero();
    assertThat(Files.readAllLines(file)).hasSize(32).first().asString().contains("city");
    assertThat(stowage("value", "weather/monthly", "--set", "io.lake.codecc=x").output())
        .contains("stowage.io.lake.codecc");
    assertThat(stowage("value", "weather/monthly", "--partition", "march").output())
        .contains("'march'");
    assertThat(stowage("value", "no/such").output()).contains("there is no asset 'no/such'");
  }

  @Test
  @Tag("C6")
  void aBranchStoresBesideItsParentAndReadsFromIt() {
    environment.put("STOWAGE_IO_PRODUCTION_TYPE", "avro");
    environment.put("STOWAGE_IO_DEV_TYPE", "avro");
    environment.put("STOWAGE_IO_DEV_PREFIX", "dev");
    environment.put("STOWAGE_IO_LAKE_TYPE", "caching");
    environment.put("STOWAGE_IO_LAKE_WRAPS", "nowhere");
    var broken = stowage("worker", "--once");
    assertThat(broken.code()).isEqualTo(64);
    assertThat(broken.output()).contains("IO manager 'lake' wraps 'nowhere'");

    environment.put("STOWAGE_IO_LAKE_WRAPS", "production");
    stowage("worker", "--once");
    String first = submit(MARCH);
    stowage("worker", "--once", "--wait", "10s");
    awaitState(first, "succeeded");

    environment.put("STOWAGE_IO_LAKE_TYPE", "branching");
    environment.remove("STOWAGE_IO_LAKE_WRAPS");
    environment.put("STOWAGE_IO_LAKE_BRANCH", "dev");
    environment.put("STOWAGE_IO_LAKE_PARENT", "production");
    stowage("worker", "--once");
    String second = submit(MARCH.replace("\"weather/observations\",", ""));
    stowage("worker", "--once", "--wait", "10s");
    awaitState(second, "succeeded");

    assertThat(get("/v1/materializations?run=" + second).getList("items.location"))
        .singleElement()
        .asString()
        .contains("/dev/weather/monthly/");
    for (String asset : List.of("weather/monthly", "weather/observations")) {
      var value = stowage("value", asset, "--json");
      assertThat(value.code()).as(value.output()).isZero();
      assertThat(value.output()).contains("New York");
    }
  }

  @Test
  void anUnsafeOrBrokenStartIsRefusedInOneLine() {
    var open = stowage("serve", "--host", "0.0.0.0", "--port", String.valueOf(Stowage.freePort()));
    assertThat(open.code()).isEqualTo(64);
    assertThat(open.output()).contains("loopback").doesNotContain("\tat ");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/postgres");
    var down = stowage("serve", "--port", String.valueOf(Stowage.freePort()));
    assertThat(down.code()).isEqualTo(69);
    assertThat(down.output()).contains("127.0.0.1:1").doesNotContain("\tat ");
  }

  @Test
  void aManagerThatDoesNotStoreAnAssetsTypeRefusesTheWorkersStart() {
    environment.put("STOWAGE_IO_LAKE_TYPE", "csv");
    var refused = stowage("worker", "--once");
    assertThat(refused.code()).as(refused.output()).isEqualTo(64);
    assertThat(refused.output())
        .contains("asset 'bench/total'", "IO manager 'lake'", "does not store", "Total")
        .doesNotContain("bench/readings", "\tat ");
  }

  @Test
  @Tag("C54")
  void millionsOfRowsAreStoredAndLoadedInAHeapThatCouldNotHoldThem() {
    stowage("worker", "--once");
    String run =
        submit("{\"assets\":[\"bench/readings\",\"bench/total\"],\"tags\":{\"rows\":\"3000000\"}}");
    var once = Stowage.run(program("96m"), environment, "worker", "--once", "--wait", "10s");
    assertThat(once.code()).as(once.output()).isZero();
    awaitState(run, "succeeded");
    assertThat(
            get("/v1/materializations?asset=bench/total")
                .getLong("items[0].metadata.readings.value"))
        .isEqualTo(3_000_000);
  }

  @Test
  @Tag("C52")
  void aMissingBucketAndWrongCredentialsFailTheRunWithWhatToDo() {
    environment.put("STOWAGE_STORES_DEFAULT_CREATE_BUCKET", "false");
    environment.put("STOWAGE_STORES_DEFAULT_BUCKET", "nobody-made-this");
    stowage("worker", "--once");
    String run = submitByCommandLine();
    stowage("worker", "--once", "--wait", "10s");
    awaitState(run, "failed");
    assertThat(get("/v1/runs/" + run).getString("error.message")).contains("nobody-made-this");
    environment.put("STOWAGE_STORES_DEFAULT_SECRET_KEY", "wrong-secret");
    String second = submitByCommandLine();
    var once = stowage("worker", "--once", "--wait", "10s");
    awaitState(second, "failed");
    assertThat(once.output() + get("/v1/runs/" + second).getString("error.message"))
        .doesNotContain("wrong-secret")
        .contains("wrong credentials");
    assertThat(get("/v1/materializations?asset=weather/observations").getList("items")).isEmpty();
  }
}
