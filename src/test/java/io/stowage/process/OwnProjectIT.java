package io.stowage.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A project of a user's own, which depends on the jar and on nothing else of ours: the template is
 * built by the Maven that builds us, and what comes of it is run. The jar lies in a local
 * repository of this test, behind which the build's own stands.
 */
class OwnProjectIT {
  private static final Path PLACE = Path.of("target", "own-project").toAbsolutePath();
  private static final Path REPOSITORY = PLACE.resolve("repository");
  private static final String VERSION = System.getProperty("version.stowage");

  @BeforeAll
  static void installTheJar() throws IOException {
    Path folder = REPOSITORY.resolve(Path.of("io", "stowage", "stowage", VERSION));
    Files.createDirectories(folder);
    copy(
        Path.of("target", "stowage-" + VERSION + ".jar"),
        folder.resolve("stowage-" + VERSION + ".jar"));
    copy(Path.of("pom.xml"), folder.resolve("stowage-" + VERSION + ".pom"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path project(String name) throws IOException {
    Path template = Path.of("deploy", "template");
    Path project = PLACE.resolve(name);
    delete(project);
    try (var files = Files.walk(template)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(each -> !each.startsWith(template.resolve("target")))
              .toList()) {
        copy(file, project.resolve(template.relativize(file).toString()));
      }
    }
    // else Maven takes this repository's own folder of that name, further up
    Files.createDirectories(project.resolve(".mvn"));
    return project;
  }

  /** What an earlier test has left. */
  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Stowage.Ended maven(Path project, String... arguments) {
    var program =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-B",
                "-f",
                project.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + REPOSITORY,
                "-Dmaven.repo.local.tail=" + System.getProperty("localRepository"),
                "-Dversion.stowage=" + VERSION,
                "-Dquarkus.analytics.disabled=true"));
    if (System.getProperty("maven.mode").equals("offline true")) {
      program.add("-o");
    }
    String given = System.getenv().getOrDefault("MAVEN_OPTS", "");
    var environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "MAVEN_OPTS",
            (given + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC").strip());
    try (var maven = Stowage.start(program, environment, arguments)) {
      int code = maven.exitCode(Duration.ofMinutes(10));
      return new Stowage.Ended(code, maven.output());
    }
  }

  @Test
  void isBuiltAndTestedAndRunsItsAssets() throws IOException {
    Path project = project("shop");
    var built = maven(project, "package");
    assertThat(built.code()).as(built.output()).isZero();
    assertThat(built.output()).contains("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0");
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            project.resolve(Path.of("target", "quarkus-app", "quarkus-run.jar")).toString());
    int port = Stowage.freePort();
    var environment = environment(port, project);
    var migrated = Stowage.run(program, environment, "migrate");
    assertThat(migrated.code()).as(migrated.output()).isZero();
    try (var serve = Stowage.start(program, environment, "serve", "--port", String.valueOf(port))) {
      serve.awaitReady("http://127.0.0.1:" + port + "/q/health/live");
      materializes(program, environment, project, "http://127.0.0.1:" + port);
    }
  }

  private static Map<String, String> environment(int port, Path project) {
    var environment = new HashMap<>(SharedServers.emptyDatabase());
    environment.put("STOWAGE_CONTROL_URL", "http://127.0.0.1:" + port);
    environment.put("STOWAGE_HOME", project.resolve("home").toString());
    environment.put("STOWAGE_IO_NOTES_FOLDER", project.resolve("notes").toString());
    return environment;
  }

  private static void materializes(
      List<String> program, Map<String, String> environment, Path project, String url)
      throws IOException {
    var first = Stowage.run(program, environment, "worker", "--once"); // brings the catalog
    assertThat(first.code()).as(first.output()).isZero();
    var submitted =
        Stowage.run(program, environment, "submit", "shop", "--partition", "2026-01-03", "--json");
    assertThat(submitted.code()).as(submitted.output()).isZero();
    String run = JsonPath.from(submitted.output()).getString("id");
    var once = Stowage.run(program, environment, "worker", "--once", "--wait", "10s");
    assertThat(once.code()).as(once.output()).isZero();
    assertThat(given().get(url + "/v1/runs/" + run).jsonPath().getString("state"))
        .as(once.output())
        .isEqualTo("succeeded");
    var made = given().get(url + "/v1/materializations?run=" + run).jsonPath();
    assertThat(made.getList("items.asset"))
        .containsExactlyInAnyOrder("shop/orders", "shop/revenue", "shop/note");
    assertThat(made.getString("items.find { it.asset == 'shop/orders' }.location"))
        .endsWith(".avro");
    try (var notes = Files.list(project.resolve("notes"))) {
      assertThat(notes.toList())
          .singleElement()
          .satisfies(note -> assertThat(note).hasContent("revenue of 2026-01-03: 60.0"));
    }
  }

  @Test
  void aGraphThatCannotBeAndMethodsThatNobodyWouldRunFailItsBuildWithASentenceEach()
      throws IOException {
    Path project = project("broken");
    Path assets =
        project.resolve(
            Path.of("src", "main", "java", "com", "example", "shop", "ShopAssets.java"));
    Files.writeString(
        assets,
        Files.readString(assets)
            .replace("note(double revenue,", "note(double revenu,")
            .replace(": \" + revenue", ": \" + revenu"));
    Files.writeString(
        assets.resolveSibling("StrayAssets.java"),
        """
        package com.example.shop;

        class StrayAssets {
          @io.stowage.api.Asset
          double forgotten(double revenue) {
            return revenue;
          }

          class Inner {
            @io.stowage.api.Op
            long counted() {
              return 1;
            }
          }
        }
        """);
    var built = maven(project, "package", "-Dmaven.test.skip=true");
    assertThat(built.code()).isNotZero();
    assertThat(built.output())
        .contains(
            "parameter 'revenu' of com.example.shop.ShopAssets.note is no asset: nobody computes"
                + " 'shop/revenu' or 'revenu'",
            "com.example.shop.StrayAssets.forgotten is annotated as a step, but would never run:"
                + " its class is neither a group of assets nor a job",
            "com.example.shop.StrayAssets$Inner.counted is annotated as a step");
  }
}
