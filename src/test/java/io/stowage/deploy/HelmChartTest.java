package io.stowage.deploy;

import static io.stowage.deploy.Manifests.container;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stowage.fixture.Tool;
import io.stowage.protocol.QueueStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart, as Helm renders it. */
class HelmChartTest {
  private static final Path HELM = Path.of("deploy", "helm");
  private static final YAMLMapper YAML = new YAMLMapper();

  private static String[] command(String verb, String... more) {
    return Stream.concat(Stream.of(verb, "stowage", "--kube-version", "1.33.0"), Stream.of(more))
        .toArray(String[]::new);
  }

  private static String text(String values) throws IOException, InterruptedException {
    return Tool.helm()
        .run(
            HELM,
            "",
            command("template", "--namespace", "data", "-f", "stowage/ci/" + values + ".yaml"));
  }

  private static Manifests rendered(String values) throws IOException, InterruptedException {
    return Manifests.of(text(values));
  }

  private static String variable(JsonNode pod, String name) {
    return StreamSupport.stream(container(pod).path("env").spliterator(), false)
        .filter(each -> each.path("name").asText().equals(name))
        .map(each -> each.path("value").asText())
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small-values", "full-values"})
  void isWellFormed(String values) throws Exception {
    assertThat(
            Tool.helm()
                .run(HELM, "", command("lint", "--strict", "-f", "stowage/ci/" + values + ".yaml")))
        .contains("0 chart(s) failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small-values", "full-values"})
  void kubernetesTakesEachObject(String values, @TempDir Path folder) throws Exception {
    Tool.Result result = Manifests.validated(folder, text(values));
    assertThat(result.code()).as(result.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicas:", "pollingInterval:", "podMetricsEndpoints:"})
  void kubernetesWouldRefuseAFieldThatIsNotThere(String field, @TempDir Path folder)
      throws Exception {
    String all = text("full-values");
    Tool.Result result = Manifests.validated(folder, all.replaceFirst(field, "wrong" + field));
    assertThat(result.code()).isNotZero();
    assertThat(result.output()).contains("wrong" + field.replace(":", ""));
  }

  @Test
  void bringsTheAlertsAndTheDashboardAsTheyAre() throws Exception {
    var all = rendered("full-values");
    assertThat(all.ofKind("PrometheusRule"))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.path("spec"))
                  .isEqualTo(
                      YAML.readTree(Path.of("deploy/prometheus/stowage.rules.yaml").toFile()));
              assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
            });
    assertThat(all.ofKind("ConfigMap"))
        .singleElement()
        .satisfies(
            map -> {
              assertThat(new ObjectMapper().readTree(map.at("/data/stowage.json").asText()))
                  .isEqualTo(
                      new ObjectMapper()
                          .readTree(Path.of("deploy/grafana/stowage.dashboard.json").toFile()));
              assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
            });
  }

  @Test
  void scrapesUnderTheJobsThatTheAlertsKnow() throws Exception {
    JsonNode endpoint =
        rendered("full-values")
            .ofKind("PodMonitor")
            .map(each -> each.at("/spec/podMetricsEndpoints/0"))
            .findFirst()
            .orElseThrow();
    String rules = Files.readString(Path.of("deploy/prometheus/stowage.rules.yaml"));
    assertThat(endpoint.path("relabelings"))
        .hasSize(2)
        .allSatisfy(
            each -> {
              assertThat(each.path("targetLabel").asText()).isEqualTo("job");
              assertThat(rules).contains("job=\"" + each.path("replacement").asText() + "\"");
            });
  }

  @Test
  void theLeastThatIsAskedForIsAControlPlaneThatMigratesFirstAndAWorker() throws Exception {
    var all = rendered("small-values");
    assertThat(all.ofKind("Deployment"))
        .extracting(Manifests::name)
        .containsExactlyInAnyOrder("release-name-stowage", "release-name-stowage-worker-default");
    assertThat(all.ofKind("Job"))
        .singleElement()
        .satisfies(
            job ->
                assertThat(job.at("/metadata/annotations").path("helm.sh/hook").asText())
                    .contains("pre-install", "pre-upgrade"));
    assertThat(all.objects())
        .extracting(each -> each.path("apiVersion").asText())
        .as("nothing that wants an operator")
        .noneMatch(version -> version.contains("keda") || version.contains("monitoring"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small-values", "full-values"})
  void everyPodKeepsToTheRestrictedStandard(String values) throws Exception {
    rendered(values).keepToTheRestrictedStandard();
  }

  @Test
  void aPoolHasItsQueuesItsSettingsOverThoseOfAllAndTimeToEnd() throws Exception {
    JsonNode heavy =
        rendered("full-values")
            .ofKind("Deployment")
            .filter(each -> Manifests.name(each).endsWith("-worker-heavy"))
            .map(each -> each.at("/spec/template/spec"))
            .findFirst()
            .orElseThrow();
    assertThat(container(heavy).path("args").toString())
        .isEqualTo("[\"worker\",\"--port\",\"8081\",\"--queue\",\"heavy,reports\"]");
    assertThat(variable(heavy, "STOWAGE_WORKER_GRACE")).isEqualTo("600s");
    assertThat(heavy.path("terminationGracePeriodSeconds").asInt()).isEqualTo(615);
    assertThat(variable(heavy, "STOWAGE_WORKER_STEPS")).isEqualTo("1");
    assertThat(variable(heavy, "STOWAGE_STORES_DEFAULT_TYPE")).isEqualTo("s3");
    assertThat(variable(heavy, "STOWAGE_CONTROL_URL"))
        .isEqualTo("http://release-name-stowage.data.svc:80");
  }

  @Test
  void scalesByWhatTheControlPlaneSaysOfAQueue() throws Exception {
    JsonNode stats =
        new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .valueToTree(new QueueStats("q", false, false, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    var all = rendered("full-values");
    assertThat(Stream.concat(all.ofKind("ScaledObject"), all.ofKind("ScaledJob")))
        .hasSize(2)
        .allSatisfy(
            scaled -> {
              JsonNode asked = scaled.at("/spec/triggers/0/metadata");
              assertThat(asked.path("url").asText()).matches("http://.*/v1/queues/\\w+/stats");
              assertThat(stats.has(asked.path("valueLocation").asText())).isTrue();
            });
  }

  @Test
  void whatIsMissingOrWrongIsNamedBeforeAnythingIsApplied() throws Exception {
    var missing = Tool.helm().result(HELM, "", command("template"));
    assertThat(missing.code()).isNotZero();
    assertThat(missing.output()).contains("database", "host", "secret").contains("tokens");
    var wrong =
        Tool.helm()
            .result(
                HELM,
                "",
                command(
                    "template",
                    "-f",
                    "stowage/ci/small-values.yaml",
                    "--set",
                    "workers.default.slots=0,workers.default.replicaz=2"));
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.output()).contains("slots").contains("replicaz");
  }
}
