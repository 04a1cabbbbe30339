package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults on real processes. The short profile is part of every build; {@code ./mvnw verify -Pfaults
 * -Dfaults.minutes=30} plays all scenarios in random order until the time is over; {@code
 * -Dfaults.seed=…} plays the same again, {@code -Dfaults.only=worker-frozen} one alone, or several.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
  private static final long SEED = Long.getLong("faults.seed", new Random().nextInt(1_000_000));
  private static final int MINUTES = Integer.getInteger("faults.minutes", 0);
  private static final List<String> ONLY =
      List.of(System.getProperty("faults.only", "").split(",", 0));

  private Suite suite;

  @BeforeAll
  void startTheCluster() {
    suite = new Suite(Program.chosen(), SEED);
  }

  @AfterAll
  void endIt() {
    if (suite != null) {
      suite.close();
    }
  }

  static List<Scenario> scenarios() {
    var named =
        Arrays.stream(Scenario.values()).filter(each -> ONLY.contains(each.word())).toList();
    if (!named.isEmpty()) {
      return named;
    }
    return MINUTES > 0 ? List.of(Scenario.values()) : Scenario.shortProfile();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void holds(Scenario scenario) throws InterruptedException {
    var report = suite.play(scenario);
    assertThat(report.isClean()).as(report.text()).isTrue();
  }

  @Test
  void holdsInAnyOrderUntilTheTimeIsOver() throws InterruptedException {
    assumeTrue(MINUTES > 0, "the long profile is './mvnw verify -Pfaults'");
    Instant end = Instant.now().plus(Duration.ofMinutes(MINUTES));
    var random = new Random(SEED);
    while (Instant.now().isBefore(end)) {
      var order = new ArrayList<>(scenarios());
      Collections.shuffle(order, random);
      for (Scenario scenario : order) {
        var report = suite.play(scenario);
        assertThat(report.isClean()).as(report.text()).isTrue();
      }
    }
  }
}
