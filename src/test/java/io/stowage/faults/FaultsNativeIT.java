package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A few scenarios on the binary, where a build makes one. */
class FaultsNativeIT {
  private static final long SEED = Long.getLong("faults.seed", new Random().nextInt(1_000_000));

  @Test
  void theBinaryHoldsToo() throws InterruptedException {
    assumeTrue(Boolean.getBoolean("native.image.required"), "this build makes no binary");
    try (var suite = new Suite(Program.BINARY, SEED)) {
      for (Scenario scenario :
          List.of(
              Scenario.WORKERS_KILLED_AT_RANDOM,
              Scenario.WORKER_FROZEN,
              Scenario.STORE_KILLED_DURING_MULTIPART,
              Scenario.DATABASE_RESTARTED)) {
        var report = suite.play(scenario);
        assertThat(report.isClean()).as(report.text()).isTrue();
      }
    }
  }
}
