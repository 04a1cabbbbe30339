package io.stowage.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stowage.fixture.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a tool has made for Kubernetes. */
record Manifests(String text, List<JsonNode> objects) {
  static Manifests of(String text) throws IOException {
    try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return new Manifests(text, documents.readAll().stream().filter(JsonNode::isObject).toList());
    }
  }

  Stream<JsonNode> ofKind(String kind) {
    return objects.stream().filter(each -> each.path("kind").asText().equals(kind));
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  /** What a pod is made of, of every object that makes pods. */
  List<JsonNode> pods() {
    return objects.stream()
        .flatMap(
            each ->
                Stream.of(
                    each.at("/spec/template/spec"), each.at("/spec/jobTargetRef/template/spec")))
        .filter(JsonNode::isObject)
        .toList();
  }

  static JsonNode container(JsonNode pod) {
    return pod.at("/containers/0");
  }

  void keepToTheRestrictedStandard() {
    var pods = pods();
    assertThat(pods).hasSizeGreaterThan(2);
    assertThat(pods)
        .allSatisfy(
            pod -> {
              assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
              assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                  .isEqualTo("RuntimeDefault");
              assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
              JsonNode container = container(pod);
              assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                  .isFalse();
              assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                  .isTrue();
              assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                  .isEqualTo("ALL");
              assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            });
  }

  /** What an API server would say, of KEDA's and the Prometheus operator's resources as well. */
  static Tool.Result validated(Path folder, String manifests)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("rendered.yaml"), manifests);
    return Tool.kubectlValidate()
        .result(
            folder,
            "",
            "--version",
            "1.30",
            "--local-crds",
            Tool.customResources().toString(),
            file.toString());
  }
}
