package io.stowage.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.stowage.fixture.OidcProvider;
import io.stowage.fixture.OidcSigner;
import io.stowage.fixture.OidcSigner.Claims;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What commands show and refuse, and with what code they end. */
abstract class ProcessContract extends Processes {
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
  void aTokenOfAnOpenIdConnectProviderIsLetInForItsRoles() throws IOException {
    int guarded = Stowage.freePort();
    String server = "http://127.0.0.1:" + guarded;
    var signer = OidcSigner.create("first");
    try (var provider = OidcProvider.start(0, signer)) {
      environment.put("QUARKUS_OIDC_TENANT_ENABLED", "true");
      environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", provider.url());
      environment.put("STOWAGE_CONTROL_OIDC_ROLES_READ", "data-readers");
      environment.put("STOWAGE_CONTROL_OIDC_ROLES_WORK", "machines");
      environment.put("STOWAGE_CONTROL_URL", server);
      notStarted("quarkus.oidc.token.audience", "serve", "--port", "0");
      environment.put("QUARKUS_OIDC_TOKEN_AUDIENCE", "stowage");
      var reader = new Claims(provider.url(), "ann", List.of("data-readers"));
      try (var closed = start("serve", "--port", String.valueOf(guarded))) {
        closed.awaitReady(server + "/q/health/live");
        reads(server, signer.sign(reader), 200);
        reads(server, signer.sign(reader.with("aud", "another-service")), 401);
        reads(server, OidcSigner.create("first").sign(reader), 401);
        reads(server, signer.sign(new Claims(provider.url(), "bob", List.of("others"))), 403);
        String machine = signer.sign(new Claims(provider.url(), "m1", List.of("machines")));
        environment.put("STOWAGE_CONTROL_TOKEN", machine);
        assertThat(stowage("worker", "--once")).extracting(Stowage.Ended::code).isEqualTo(0);
        assertThat(closed.output()).contains("OpenID Connect").doesNotContain(machine, "\tat ");
      }
    }
  }

  private static void reads(String server, String token, int status) {
    given().auth().oauth2(token).get(server + "/v1/runs").then().statusCode(status);
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
  void thePageIsServedWithItsScriptsAndItsDocumentation() {
    stowage("worker", "--once");
    String run = submit(MARCH);
    stowage("worker", "--once", "--wait", "10s");
    awaitState(run, "succeeded");
    page("/assets", "weather/monthly");
    page("/assets/weather/monthly", "values.of(&quot;weather/monthly&quot;)");
    page("/runs/" + run, "step_succeeded");
    page("/queues", "default");
    page("/io", "stowage.io.lake.codec");
    page("/docs", "<h1 id=\"stowage\">Stowage</h1>");
    page("/docs/io-managers", "&lt;key&gt;.<wbr>codec");
    for (String file :
        List.of("/page/stowage.css", "/page/live.js", "/webjars/dagre/0.8.4/dist/dagre.min.js")) {
      given().get(url(file)).then().statusCode(200);
    }
  }

  private void page(String path, String shown) {
    given()
        .get(url(path))
        .then()
        .statusCode(200)
        .contentType("text/html")
        .body(containsString(shown), containsString("</html>"));
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
        .contains("store 'default': 's3://" + bucket.name() + "/' is written in ");
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
  void anUnsafeOrBrokenStartIsRefusedInOneLine() {
    var open = stowage("serve", "--host", "0.0.0.0", "--port", String.valueOf(Stowage.freePort()));
    assertThat(open.code()).isEqualTo(64);
    assertThat(open.output()).contains("loopback").doesNotContain("\tat ");
    environment.put("STOWAGE_CONTROL_CANCEL_GRACE", "-5s");
    assertThat(notStarted("cancel-grace is negative", "serve", "--port", "0"))
        .doesNotContain("does not start");
    environment.remove("STOWAGE_CONTROL_CANCEL_GRACE");
    notStarted("port", "serve", "--port", String.valueOf(URI.create(url("/")).getPort()));
    environment.put("STOWAGE_CONTROL_HEARTBEAT", "often");
    notStarted("stowage.control.heartbeat", "serve", "--port", "0");
    environment.remove("STOWAGE_CONTROL_HEARTBEAT");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "127.0.0.1:1/postgres");
    notStarted("QUARKUS_DATASOURCE_REACTIVE_URL is no address", "serve", "--port", "0");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/postgres");
    var down = stowage("serve", "--port", String.valueOf(Stowage.freePort()));
    assertThat(down.code()).isEqualTo(69);
    assertThat(down.output()).contains("127.0.0.1:1").doesNotContain("\tat ");
    environment.keySet().removeIf(name -> name.startsWith("QUARKUS_DATASOURCE_"));
    notStarted("QUARKUS_DATASOURCE_REACTIVE_URL", "serve", "--port", "0");
    notStarted("QUARKUS_DATASOURCE_REACTIVE_URL", "migrate");
  }

  private String notStarted(String told, String... command) {
    var ended = stowage(command);
    assertThat(ended.code()).as(ended.output()).isEqualTo(64);
    assertThat(ended.output()).contains("stowage: ", told).doesNotContain("\tat ", "Exception");
    return ended.output();
  }
}
