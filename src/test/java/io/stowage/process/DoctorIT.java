package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stowage doctor} as an operator sees it, beside a real database, store and server. */
class DoctorIT {
  private static final List<String> PROGRAM = Stowage.onJvm("1g");
  private static final String FORGETTING =
      "QUARKUS_DATASOURCE_REACTIVE_ADDITIONAL_PROPERTIES_SYNCHRONOUS_COMMIT";
  private static final Map<String, String> SERVERS = new HashMap<>();
  private static Stowage serve;
  private static String url;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    SERVERS.putAll(SharedServers.database(PROGRAM));
    int port = Stowage.freePort();
    url = "http://127.0.0.1:" + port;
    serve = Stowage.start(PROGRAM, SERVERS, "serve", "--port", String.valueOf(port));
    serve.awaitReady(url + "/q/health/ready");
  }

  @AfterAll
  static void stop() {
    serve.close();
  }

  private Map<String, String> worker() {
    var environment = new HashMap<String, String>();
    environment.put("STOWAGE_CONTROL_URL", url);
    environment.put("STOWAGE_HOME", folder.toString());
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
    var environment = worker();
    environment.putAll(SharedServers.store(SharedServers.bucket()));
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:1");
    var ended = doctor(environment);
    assertThat(ended.output())
        .contains("fail  control plane: no answer from the control plane at")
        .contains("ok    store 'default'");
    assertThat(ended.code()).as(ended.output()).isEqualTo(69);
  }

  @Test
  void aDatabaseThatForgetsOrWasNotMigratedEndsWith64() {
    var environment = new HashMap<>(SharedServers.emptyDatabase());
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
