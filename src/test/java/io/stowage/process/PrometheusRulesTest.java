package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The alert rules, by Prometheus' own tool. */
class PrometheusRulesTest {
  @Test
  void theAlertRulesAreWellFormed() throws Exception {
    assertThat(Promtool.find().run("", "check", "rules", "stowage.rules.yaml")).contains("SUCCESS");
  }

  @Test
  void eachAlertFiresWhereItShouldAndNoneWhereAllIsWell() throws Exception {
    assertThat(Promtool.find().run("", "test", "rules", "stowage.rules.test.yaml"))
        .contains("SUCCESS");
  }

  @Test
  void eachAlertIsTested() throws IOException {
    var alerts = PrometheusRules.alerts();
    assertThat(alerts).hasSizeGreaterThan(10);
    assertThat(PrometheusRules.tests()).contains(alerts);
  }
}
