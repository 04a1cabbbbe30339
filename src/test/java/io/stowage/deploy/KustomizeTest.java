package io.stowage.deploy;

import static io.stowage.deploy.Manifests.container;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stowage.fixture.Tool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests without Helm, as kustomize builds them. */
class KustomizeTest {
  private static final Path FOLDER = Path.of("deploy", "kustomize");

  private static Manifests built(String folder) throws IOException, InterruptedException {
    return Manifests.of(Tool.kustomize().run(FOLDER, "", "build", folder));
  }

  private static JsonNode pod(Manifests manifests, String name) {
    return manifests.objects().stream()
        .filter(each -> Manifests.name(each).equals(name) && each.at("/spec/template").isObject())
        .map(each -> each.at("/spec/template/spec"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/example"})
  void kubernetesTakesEachObject(String folder, @TempDir Path temporary) throws Exception {
    Tool.Result result = Manifests.validated(temporary, built(folder).text());
    assertThat(result.code()).as(result.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/example"})
  void everyPodKeepsToTheRestrictedStandard(String folder) throws Exception {
    built(folder).keepToTheRestrictedStandard();
  }

  @Test
  void isTheControlPlaneTheWorkersAndTheMigrationAsTheChartHasThem() throws Exception {
    var base = built("base");
    var chart =
        Manifests.of(
            Tool.helm()
                .run(
                    Path.of("deploy", "helm"),
                    "",
                    "template",
                    "stowage",
                    "stowage",
                    "-f",
                    "stowage/ci/small-values.yaml"));
    assertThat(base.pods()).hasSize(3).hasSameSizeAs(chart.pods());
    for (String[] names :
        new String[][] {
          {"stowage", "stowage"},
          {"stowage-worker", "stowage-worker-default"},
          {"stowage-migrate", "stowage-migrate"}
        }) {
      JsonNode ours = pod(base, names[0]);
      JsonNode theirs = pod(chart, names[1]);
      for (String same :
          new String[] {
            "securityContext",
            "terminationGracePeriodSeconds",
            "enableServiceLinks",
            "restartPolicy"
          }) {
        assertThat(ours.path(same)).as(names[0] + " " + same).isEqualTo(theirs.path(same));
      }
      for (String same :
          new String[] {
            "args",
            "startupProbe",
            "readinessProbe",
            "livenessProbe",
            "securityContext",
            "resources",
            "volumeMounts",
            "ports"
          }) {
        assertThat(container(ours).path(same))
            .as(names[0] + " " + same)
            .isEqualTo(container(theirs).path(same));
      }
    }
  }

  @Test
  void anOverlayHasItsOwnAddressesImageAndNumbers() throws Exception {
    var example = built("overlays/example");
    assertThat(example.pods())
        .allSatisfy(
            pod ->
                assertThat(container(pod).path("image").asText())
                    .isEqualTo("images.example/data/stowage:2026.11"));
    assertThat(container(pod(example, "stowage-worker")).path("args").toString())
        .contains("default,reports");
    assertThat(example.ofKind("ConfigMap"))
        .anySatisfy(
            map ->
                assertThat(map.at("/data/QUARKUS_DATASOURCE_JDBC_URL").asText())
                    .isEqualTo(
                        "jdbc:postgresql://postgres.databases.svc:5432/lake?sslmode=require"))
        .anySatisfy(
            map -> {
              assertThat(map.at("/data/STOWAGE_CONTROL_URL").asText())
                  .isEqualTo("http://stowage:8080");
              assertThat(map.at("/data/STOWAGE_STORES_DEFAULT_BUCKET").asText()).isEqualTo("lake");
            });
  }
}
