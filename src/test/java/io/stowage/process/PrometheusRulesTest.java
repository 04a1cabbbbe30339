package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.fixture.Tool;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The alert rules, by Prometheus' own tool. */
class PrometheusRulesTest {
  @Test
  void theAlertRulesAreWellFormed() throws Exception {
    assertThat(
            Tool.promtool().run(PrometheusRules.FOLDER, "", "check", "rules", "stowage.rules.yaml"))
        .contains("SUCCESS");
  }

  @Test
  void eachAlertFiresWhereItShouldAndNoneWhereAllIsWell() throws Exception {
    assertThat(
            Tool.promtool()
                .run(PrometheusRules.FOLDER, "", "test", "rules", "stowage.rules.test.yaml"))
        .contains("SUCCESS");
  }

  @Test
  void eachAlertIsTested() throws IOException {
    var alerts = PrometheusRules.alerts();
    assertThat(alerts).hasSizeGreaterThan(10);
    assertThat(PrometheusRules.tests()).contains(alerts);
  }
}
