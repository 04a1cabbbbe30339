package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stowage.fixture.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in {@code deploy} calls the program as it is. */
class DeployedCommandsTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  static Stream<Path> jobs() throws IOException {
    return Files.list(Path.of("deploy", "jobs"));
  }

  /** Every container of a document, however deep. */
  private static List<JsonNode> containers(JsonNode document) {
    return document.findValues("containers").stream().flatMap(JsonNode::valueStream).toList();
  }

  private static void isTaken(JsonNode container) {
    var arguments = new ArrayList<String>();
    container.path("args").forEach(each -> arguments.add(each.asText()));
    assertThat(arguments).isNotEmpty();
    Main.commandLine().parseArgs(arguments.toArray(String[]::new)); // throws for what there is not
    container
        .path("env")
        .forEach(
            each -> assertThat(each.path("name").asText()).matches("(STOWAGE|QUARKUS)_[A-Z_]+"));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void theExamplesOfJobsAreCalledAsTheProgramIs(Path file) throws IOException {
    var containers = containers(YAML.readTree(file.toFile()));
    assertThat(containers).hasSize(1).allSatisfy(DeployedCommandsTest::isTaken);
    assertThat(containers.getFirst().path("args").toString()).contains("--once");
  }

  /** A name that the server makes up, nobody does without a server. */
  @Test
  void kubernetesTakesTheExampleOfAJob(@TempDir Path folder) throws Exception {
    String job = Files.readString(Path.of("deploy", "jobs", "kubernetes-job.yaml"));
    Path named =
        Files.writeString(
            folder.resolve("job.yaml"), job.replace("generateName: stowage-run-", "name: run"));
    var validated =
        Tool.kubectlValidate().result(folder, "", "--version", "1.30", named.toString());
    assertThat(validated.code()).as(validated.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"small-values", "full-values"})
  void theChartCallsTheProgramAsItIs(String values) throws Exception {
    String rendered =
        Tool.helm()
            .run(
                Path.of("deploy", "helm"),
                "",
                "template",
                "stowage",
                "-f",
                "stowage/ci/" + values + ".yaml");
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered)) {
      var containers =
          documents.readAll().stream().flatMap(each -> containers(each).stream()).toList();
      assertThat(containers).hasSizeGreaterThan(2).allSatisfy(DeployedCommandsTest::isTaken);
    }
  }
}
