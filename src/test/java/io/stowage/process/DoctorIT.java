package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.fixture.S3Endpoint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stowage doctor} as an operator sees it, beside a real database, store and server. */
class DoctorIT {
  private static final List<String> PROGRAM = new JvmProcessIT().program();
  private static final String FORGETTING =
      "QUARKUS_DATASOURCE_REACTIVE_ADDITIONAL_PROPERTIES_SYNCHRONOUS_COMMIT";
  private static final Map<String, String> SERVERS = new HashMap<>();
  private static EmbeddedPostgres postgres;
  private static S3Endpoint s3;
  private static Stowage serve;
  private static String url;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    s3 = S3Endpoint.start();
    String database = "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    SERVERS.put("QUARKUS_DATASOURCE_REACTIVE_URL", database);
    SERVERS.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + database);
    SERVERS.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    SERVERS.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    int port = Stowage.freePort();
    url = "http://127.0.0.1:" + port;
    serve = Stowage.start(PROGRAM, SERVERS, "serve", "--migrate", "--port", String.valueOf(port));
    serve.awaitReady(url + "/q/health/ready");
  }

  @AfterAll
  static void stop() throws IOException {
    serve.close();
    s3.close();
    postgres.close();
  }

  private Map<String, String> worker() {
    var environment = new HashMap<String, String>();
    environment.put("STOWAGE_CONTROL_URL", url);
    environment.put("STOWAGE_HOME", folder.toString());
    return environment;
  }

  private static Map<String, String> withS3(Map<String, String> environment) {
    environment.put("STOWAGE_STORES_DEFAULT_TYPE", "s3");
    environment.put("STOWAGE_STORES_DEFAULT_CREATE_BUCKET", "true");
    s3.settings("doctor")
        .forEach(
            (name, value) ->
                environment.put(
                    "STOWAGE_STORES_DEFAULT_" + name.toUpperCase(Locale.ROOT).replace('-', '_'),
                    value));
    return environment;
  }

  private static Stowage.Ended doctor(Map<String, String> environment, String... more) {
    var arguments = new ArrayList<>(List.of("doctor"));
    arguments.addAll(List.of(more));
    return Stowage.run(PROGRAM, environment, arguments.toArray(String[]::new));
  }

  @Test
  void onAWorkersMachineItLooksAtAllButTheDatabase() throws IOException {
    var ended = doctor(worker());
    assertThat(ended.output())
        .contains("ok    configuration: ")
        .contains("ok    control plane: '" + url + "' answers in ")
        .contains("skip  database: none is named")
        .contains("ok    clock: it agrees")
        .containsPattern("ok    store 'default': 'file:.*' is");
    assertThat(ended.output().lines())
        .allMatch(line -> line.length() <= 80 || line.strip().split("\\s+").length == 1);
    assertThat(ended.code()).as("no worker pulls yet: %s", ended.output()).isEqualTo(1);
    try (var left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile)).as("what the probe wrote").isEmpty();
    }
  }

  @Test
  void whatIsOutOfReachEndsWith69AndTheRestIsLookedAtStill() {
    var environment = withS3(worker());
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:1");
    var ended = doctor(environment);
    assertThat(ended.output())
        .contains("fail  control plane: no answer from the control plane at")
        .contains("ok    store 'default'");
    assertThat(ended.code()).as(ended.output()).isEqualTo(69);
  }

  @Test
  void aDatabaseThatForgetsOrWasNotMigratedEndsWith64() throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var sql = connection.createStatement()) {
      sql.execute("CREATE DATABASE empty");
    }
    var environment = new HashMap<>(SERVERS);
    environment.replaceAll((_, value) -> value.replaceAll("/postgres$", "/empty"));
    environment.put(FORGETTING, "off");
    environment.putAll(worker());
    var ended = doctor(environment);
    assertThat(ended.output())
        .contains("fail  database schema: it was never made")
        .contains("→ run `stowage migrate`")
        .contains("fail  database durability: synchronous_commit is off")
        .contains("fail  database durability: fsync is off");
    assertThat(ended.code()).isEqualTo(64);
  }

  @Test
  void aServerThatWouldForgetDoesNotStart() {
    var environment = new HashMap<>(SERVERS);
    environment.put(FORGETTING, "off");
    var ended =
        Stowage.run(PROGRAM, environment, "serve", "--port", String.valueOf(Stowage.freePort()));
    assertThat(ended.output()).contains("the database has synchronous_commit off");
    assertThat(ended.code()).isEqualTo(64);
  }

  @Test
  void tokensThatEverybodyMayReadAreWarnedOf() throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, "a-token-of-some-length");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    var environment = worker();
    environment.put("STOWAGE_CONTROL_TOKEN_FILE", token.toString());
    var ended = doctor(environment);
    assertThat(ended.output())
        .contains("warn  stowage.control.token-file: ")
        .contains("→ chmod o-rwx")
        .doesNotContain("a-token-of");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    assertThat(doctor(environment).output())
        .contains("ok    stowage.control.token-file: 1 file, private");
  }

  @Test
  void aStoreThatCannotBeIsToldAndTheOthersAreLookedAt() {
    var environment = worker();
    environment.put("STOWAGE_STORES_OTHER_TYPE", "ftp");
    var ended = doctor(environment);
    assertThat(ended.output())
        .contains("fail  store 'other': stowage.stores.other.type is 'ftp'")
        .contains("ok    store 'default'");
    assertThat(ended.code()).isEqualTo(64);
  }

  @Test
  void asJsonItIsForPrograms() {
    var ended = doctor(worker(), "--json");
    assertThat(ended.output())
        .contains("\"exit_code\" : 1")
        .contains("\"level\" : \"ok\"")
        .contains("\"subject\" : \"store 'default'\"");
  }
}
