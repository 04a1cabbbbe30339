package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The test of the test: with the guard of the commit taken out, the checker must see it. The guard
 * is a comparison in SQL, so it is taken out where only a test can: on the way from the control
 * plane to PostgreSQL, by {@link Statements}.
 */
class UnguardedIT {
  /** Whether the lease and the session are the holder's. */
  private static final Pattern GUARD =
      Pattern.compile(
          "(?<=AND )((?:\\w+\\.)?(lease_id|session_id) = (?:\\$\\d+|\\w+\\.\\2))(?=\\s)");

  @Test
  void theCheckerSeesACommitThatTheGuardWouldHaveRefused() throws InterruptedException {
    try (var suite = new Suite(Program.chosen(), 0)) {
      var guarded = suite.play(Scenario.STRANGE_LEASES);
      assertThat(guarded.isClean()).as(guarded.text()).isTrue();

      var unguarded = new Condition.Rewritten(GUARD, "($1 OR true)");
      var report =
          suite.play(
              "unguarded",
              scene -> {
                scene.cluster().databaseWays().forEach(way -> way.set(unguarded));
                scene.cluster().database().terminateBackends(); // statements are prepared anew
                scene.soon().until(() -> scene.client().get("/v1/queues").status() == 200);
                assertThat(QueueFaults.commitsUnderStrangeLeases(scene)).contains("");
              });

      assertThat(unguarded.count()).as("guards that were taken out").hasPositiveValue();
      assertThat(report.broken()).as(report.text()).contains(Invariant.I2);
      assertThat(report.violations().get(Invariant.I2))
          .anyMatch(each -> each.startsWith("commit "));
    }
  }
}
