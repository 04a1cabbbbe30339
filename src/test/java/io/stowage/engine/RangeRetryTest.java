package io.stowage.engine;

import static io.stowage.fixture.Workbench.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RangeRetryTest extends RangeBench {
  @Test
  @Tag("C37")
  @Tag("C47")
  @DisplayName("another attempt at the step is asked for what is left only")
  void repeatsWhatIsLeft() {
    var lake = bench.recording("lake");
    ranged("a", RangeRetryTest::values).storedBy("lake").attempts(3, Duration.ofSeconds(1));
    var failed = new ArrayList<String>();
    lake.onStore(
        (context, _) -> {
          if (context.partition().text().equals("2012-02") && failed.size() < 1) {
            failed.add(context.partition().text());
            throw new IllegalStateException("disk full");
          }
        });
    assertThat(bench.runPartitions(QUARTER, "a").succeeded()).isTrue();
    assertThat(calls).containsExactly("a[2012-01, 2012-02, 2012-03]", "a[2012-02, 2012-03]");
    assertThat(committed()).containsExactly("a[2012-01]", "a[2012-02]", "a[2012-03]");
  }

  @Test
  @Tag("C35")
  @Tag("C47")
  @DisplayName("another attempt at the run is asked for what is left only; a map of all is taken")
  void computesWhatAnEarlierAttemptDidNotCommit() {
    ranged("a", _ -> Map.of("2012-01", 1L, "2012-02", 2L, "2012-03", 3L));
    bench.runPartitions(QUARTER.subList(0, 3), "a");
    var first = bench.committed("a", "result", "a", "2012-01");
    var third = bench.committed("a", "result", "a", "2012-03");
    calls.clear();
    bench.anew().again(first, third);
    assertThat(bench.runPartitions(QUARTER, "a").succeeded()).isTrue();
    assertThat(calls).containsExactly("a[2012-02]");
    assertThat(committed().subList(3, 4)).containsExactly("a[2012-02]");
  }

  @Test
  @Tag("C35")
  @Tag("C47")
  void computesNothingWhereAllIsCommitted() {
    ranged("a", RangeRetryTest::values);
    bench.runPartitions(QUARTER.subList(0, 2), "a");
    calls.clear();
    bench.again(
        bench.committed("a", "result", "a", "2012-01"),
        bench.committed("a", "result", "a", "2012-02"));
    assertThat(bench.runPartitions(QUARTER.subList(0, 2), "a").succeeded()).isTrue();
    assertThat(calls).isEmpty();
  }

  @Test
  @Tag("C39")
  @Tag("C47")
  void stopsWhereTheLeaseIsLost() {
    ranged("a", RangeRetryTest::values);
    bench.ledger().loseLeaseAt("a");
    var result = bench.runPartitions(QUARTER, "a");
    assertThat(outcome(result, "a")).isInstanceOf(StepOutcome.Lost.class);
    assertThat(committed()).isEmpty();
  }
}
