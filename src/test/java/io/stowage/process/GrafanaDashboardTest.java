package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stowage.fixture.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard: Prometheus reads its expressions, and Grafana's definitions all of it. */
class GrafanaDashboardTest {
  private static final int COLUMNS = 24;

  @Test
  void prometheusReadsEachExpression(@TempDir Path folder) throws Exception {
    var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
    var expressions = GrafanaDashboard.expressions();
    for (String expression : expressions) {
      rules
          .append("      - record: panel:")
          .append(rules.length())
          .append("\n        expr: '")
          .append(asGrafanaAsks(expression).replace("'", "''"))
          .append("'\n");
    }
    Files.writeString(folder.resolve("dashboard.yaml"), rules);
    assertThat(Tool.promtool().run(folder, "", "check", "rules", "dashboard.yaml"))
        .contains("SUCCESS: " + expressions.size() + " rules found");
  }

  @Test
  void isADashboardAsGrafanaDefinesThem() throws Exception {
    assertThat(Tool.grafanaDashboard().run(Path.of("."), "", GrafanaDashboard.FILE.toString()))
        .contains(": valid");
  }

  @Test
  void whatGrafanaDoesNotKnowIsTold(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("wrong.json"),
        Files.readString(GrafanaDashboard.FILE).replace("\"gridPos\"", "\"gridPlace\""));
    var read = Tool.grafanaDashboard().result(folder, "", "wrong.json");
    assertThat(read.code()).isEqualTo(1);
    assertThat(read.output()).contains("wrong.json: panels[0]", "unexpected field 'gridPlace'");
  }

  private static String asGrafanaAsks(String expression) {
    String asked = expression.replace("$__rate_interval", "1m").replace("$queue", ".*");
    assertThat(asked).as("a variable that nobody sets").doesNotContain("$");
    return asked;
  }

  @Test
  void eachPanelHasATitleAnExplanationAUnitAndItsSource() throws IOException {
    assertThat(GrafanaDashboard.panels())
        .hasSizeGreaterThan(15)
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotEmpty();
              assertThat(panel.path("description").asText()).endsWith(".");
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
              assertThat(panel.path("targets")).isNotEmpty();
              assertThat(panel.at("/targets/0/datasource/uid").asText())
                  .as("a variable, since nobody's source is called as ours")
                  .isEqualTo("${datasource}");
            });
  }

  @Test
  void noPanelCoversAnother() throws IOException {
    var taken = new HashSet<Integer>();
    var ids = new HashSet<Integer>();
    for (JsonNode panel : GrafanaDashboard.read().path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      JsonNode at = panel.path("gridPos");
      assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(taken.add(y * COLUMNS + x)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }
}
