package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static io.stowage.fixture.Workbench.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetContext;
import io.stowage.api.CheckResult;
import io.stowage.api.ErrorCode;
import io.stowage.api.MaterializeResult;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Workbench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What checks look at, what is recorded of them, and whom they hold up. */
@Tag("C66")
class CheckTest {
  private static final PartitionsDefinition CITIES =
      PartitionsDefinition.ofStatic("Basel", "Seattle");

  private final Workbench bench = new Workbench();
  private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

  private void downstream() {
    bench.asset("b").input("a", Long.class);
  }

  private StepEvent checked() {
    return bench.ledger().event("asset_checked");
  }

  @Test
  @DisplayName("C66 a check gets the value through the asset's manager, and its result is recorded")
  void recordsWhatItFound() {
    var lake = bench.recording("lake");
    bench.asset("a").storedBy("lake").metadata(Map.of("unit", "mm")).computed(_ -> 7L);
    bench
        .check("a", "odd")
        .value(Long.class)
        .context()
        .computed(
            given -> {
              var context = (AssetContext) Objects.requireNonNull(given[1]);
              seen.add(context.asset() + " " + context.definitionMetadata());
              return CheckResult.of((Long) Objects.requireNonNull(given[0]) % 2 == 1)
                  .describedAs("one is left")
                  .with("value", given[0]);
            });
    assertThat(bench.run("a").succeeded()).isTrue();
    assertThat(lake.loads())
        .singleElement()
        .satisfies(load -> assertThat(load.step()).isEqualTo("a:odd"));
    assertThat(seen).containsExactly("a {unit=mm}");
    assertThat(checked().message()).isEqualTo("check 'odd' of 'a' passed: one is left");
    assertThat(checked().data())
        .containsEntry("asset", "a")
        .containsEntry("check", "odd")
        .containsEntry("passed", true)
        .containsEntry("blocking", false)
        .containsEntry("description", "one is left")
        .containsEntry("materialization", bench.ledger().current("a", "").id())
        .containsEntry("metadata", Map.of("value", Map.of("type", "int", "value", 7L)));
    assertThat(bench.ledger().commits()).hasSize(1);
  }

  @Test
  @DisplayName("C66 a blocking check that does not pass keeps downstream from running")
  void holdsUpWhatComesAfter() {
    bench.asset("a");
    bench.blockingCheck("a", "rows").value(Long.class).computed(_ -> CheckResult.fail("too few"));
    downstream();
    bench.asset("after").after("a");
    bench.asset("apart");
    var result = bench.run("a", "b", "after", "apart");
    String reason = "held up since check 'rows' of 'a' did not pass: too few";
    assertThat(outcome(result, "b")).isEqualTo(new StepOutcome.Skipped(reason));
    assertThat(outcome(result, "after")).isEqualTo(new StepOutcome.Skipped(reason));
    assertThat(outcome(result, "apart").letsOthersRun()).isTrue();
    assertThat(outcome(result, "a").letsOthersRun()).isTrue();
    assertThat(failure(result).code()).isEqualTo(ErrorCode.CHECK_FAILED);
    assertThat(checked().data()).containsEntry("passed", false).containsEntry("severity", "error");
  }

  @Test
  void letsDownstreamRunAfterAWarning() {
    bench.asset("a");
    bench
        .blockingCheck("a", "rows")
        .value(Long.class)
        .computed(_ -> CheckResult.fail("few").warning());
    downstream();
    assertThat(bench.run("a", "b").counts()).isEqualTo(Map.of("succeeded", 3));
    assertThat(checked().data()).containsEntry("passed", false).containsEntry("severity", "warn");
  }

  @Test
  void holdsNobodyUpWithoutBlocking() {
    bench.asset("a");
    bench.check("a", "rows").value(Long.class).computed(_ -> CheckResult.fail("few"));
    bench.check("a", "first").value(Long.class).computed(_ -> CheckResult.pass());
    downstream();
    assertThat(bench.run("a", "b").succeeded()).isTrue();
    assertThat(bench.ledger().events("asset_checked")).hasSize(2);
  }

  @Test
  void runsTheOtherChecksOfAnAssetAlso() {
    bench.asset("a");
    bench.blockingCheck("a", "one").value(Long.class).computed(_ -> CheckResult.fail("first"));
    bench.blockingCheck("a", "two").value(Long.class).computed(_ -> CheckResult.fail("second"));
    bench.blockingCheck("a", "three").value(Long.class).computed(_ -> CheckResult.pass());
    downstream();
    var result = bench.run("a", "b");
    assertThat(bench.ledger().events("asset_checked")).hasSize(3);
    assertThat(((StepOutcome.Skipped) outcome(result, "b")).reason())
        .contains("'one'", "first", "'two'", "second")
        .doesNotContain("three");
  }

  @Test
  void holdsUpThePartitionThatWasCheckedAlone() {
    bench
        .asset("a")
        .partitioned(CITIES)
        .context()
        .computed(
            given ->
                ((AssetContext) Objects.requireNonNull(given[0])).partition().text().equals("Basel")
                    ? 1L
                    : 2L);
    bench
        .blockingCheck("a", "odd")
        .value(Long.class)
        .computed(given -> CheckResult.of((Long) Objects.requireNonNull(given[0]) == 1L));
    bench.asset("b").partitioned(CITIES).input("a", Long.class);
    bench.asset("all").input("a", Map.class, String.class, Long.class);
    var result = bench.runPartitions(List.of("Basel", "Seattle"), "a", "b", "all");
    assertThat(result.counts()).isEqualTo(Map.of("failed", 1, "skipped", 2, "succeeded", 4));
    assertThat(bench.ledger().current("b", "Basel")).isNotNull();
    assertThat(bench.ledger().events("step_skipped"))
        .extracting(StepEvent::message)
        .containsOnly("held up since check 'odd' of 'a' partition 'Seattle' did not pass");
    assertThat(bench.ledger().events("asset_checked"))
        .extracting(StepEvent::partition)
        .containsExactlyInAnyOrder("Basel", "Seattle");
  }

  record Two(Long left, Optional<Long> right) {}

  @Test
  void looksAtOneOutputOfSeveral() {
    bench
        .multi("two")
        .output("left", "left", Declarations.type(Long.class))
        .output("right", "right", Declarations.type(Optional.class, Long.class))
        .computed(_ -> new Two(1L, Optional.of(2L)));
    bench
        .blockingCheck("right", "one")
        .value(Long.class)
        .computed(given -> CheckResult.of(Objects.equals(given[0], 1L)));
    bench.asset("l").input("left", Long.class);
    bench.asset("r").input("right", Long.class);
    var result = bench.run("left", "l", "r");
    assertThat(outcome(result, "l").letsOthersRun()).isTrue();
    assertThat(outcome(result, "r")).isInstanceOf(StepOutcome.Skipped.class);
  }

  @Test
  void isSkippedWithAnOutputThatWasNotEmitted() {
    bench
        .multi("two")
        .output("left", "left", Declarations.type(Long.class))
        .output("right", "right", Declarations.type(Optional.class, Long.class))
        .computed(_ -> new Two(1L, Optional.empty()));
    bench.blockingCheck("right", "any").computed(_ -> CheckResult.pass());
    bench.blockingCheck("right", "one").value(Long.class).computed(_ -> CheckResult.pass());
    bench.asset("r").input("right", Long.class);
    var result = bench.run("left", "right", "r");
    assertThat(result.succeeded()).isTrue();
    for (String skipped : List.of("right:any", "right:one", "r")) {
      assertThat(((StepOutcome.Skipped) outcome(result, skipped)).reason())
          .isEqualTo("needs 'right', an optional output that was not emitted");
    }
    assertThat(bench.ledger().events("asset_checked")).isEmpty();
  }

  @Test
  void isSkippedWhereTheAssetFailed() {
    bench
        .asset("a")
        .computed(
            _ -> {
              throw new IllegalStateException("no");
            });
    bench.blockingCheck("a", "rows").value(Long.class).computed(_ -> CheckResult.pass());
    downstream();
    var result = bench.run("a", "b");
    String reason = "needs a, which did not succeed";
    assertThat(outcome(result, "a:rows")).isEqualTo(new StepOutcome.Skipped(reason));
    assertThat(outcome(result, "b")).isEqualTo(new StepOutcome.Skipped(reason));
  }

  @Test
  void getsNullWhereNullWasStored() {
    bench.asset("a").nullable().computed(_ -> null);
    bench.check("a", "there").value(Long.class).computed(given -> CheckResult.of(given[0] != null));
    assertThat(bench.run("a").succeeded()).isTrue();
    assertThat(checked().data()).containsEntry("passed", false);
  }

  @Test
  void doesWithoutAValueForAnAssetThatStoresNothing() {
    bench.asset("a").returning(MaterializeResult.class).computed(_ -> MaterializeResult.done());
    bench.blockingCheck("a", "done").computed(_ -> CheckResult.pass());
    assertThat(bench.run("a").succeeded()).isTrue();
    assertThat(checked().data()).containsKey("materialization").doesNotContainKey("location");
  }

  @Test
  void takesFurtherInputs() {
    bench.asset("a").computed(_ -> 3L);
    bench.asset("limit").computed(_ -> 2L);
    bench
        .check("a", "limit")
        .value(Long.class)
        .input("limit", Long.class)
        .computed(
            given ->
                CheckResult.of(
                    (Long) Objects.requireNonNull(given[0])
                        <= (Long) Objects.requireNonNull(given[1])));
    assertThat(bench.run("a", "limit").succeeded()).isTrue();
    assertThat(checked().data()).containsEntry("passed", false);
  }

  @Test
  void failsItsStepWhereItThrowsAndBlocksIfBlocking() {
    bench.asset("a");
    bench
        .blockingCheck("a", "rows")
        .value(Long.class)
        .computed(
            _ -> {
              throw new IllegalStateException("cannot say");
            });
    downstream();
    var result = bench.run("a", "b");
    assertThat(failure(result).message()).contains("compute 'a:rows'", "cannot say");
    assertThat(outcome(result, "b"))
        .isEqualTo(new StepOutcome.Skipped("needs a:rows, which did not succeed"));
    assertThat(bench.ledger().events("asset_checked")).isEmpty();
  }

  @Test
  void failsTheRunButHoldsNobodyUpWhereItThrowsWithoutBlocking() {
    bench.asset("a");
    bench.check("a", "rows").value(Long.class).computed(_ -> "fine");
    downstream();
    var result = bench.run("a", "b");
    assertThat(outcome(result, "b").letsOthersRun()).isTrue();
    assertThat(failure(result).code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(failure(result).message()).contains("a check returns a CheckResult", "String");
  }

  @Test
  void isTriedAgainWhereItThrowsButNotWhereItDoesNotPass() {
    bench.asset("a");
    bench
        .blockingCheck("a", "rows")
        .attempts(3, Duration.ofSeconds(1))
        .context()
        .computed(
            given -> {
              int attempt = ((AssetContext) Objects.requireNonNull(given[0])).attempt();
              seen.add(attempt);
              if (attempt == 1) {
                throw new IllegalStateException("not now");
              }
              return CheckResult.fail("still wrong");
            });
    bench.run("a");
    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void checksAgainWhatAnEarlierAttemptStored() {
    bench.asset("a");
    bench
        .blockingCheck("a", "rows")
        .value(Long.class)
        .computed(_ -> seen.isEmpty() ? CheckResult.fail("not yet") : CheckResult.pass());
    downstream();
    bench.run("a", "b");
    seen.add("anything");
    bench.again(bench.committed("a", "result", "a", ""));
    assertThat(bench.run("a", "b").succeeded()).isTrue();
    assertThat(bench.ledger().events("asset_checked")).hasSize(2);
    assertThat(bench.ledger().commits()).extracting(StepCommit::step).containsExactly("a", "b");
  }

  @Test
  void refusesMetadataThatWouldGoNowhere() {
    bench.asset("a");
    bench
        .check("a", "rows")
        .context()
        .computed(
            given -> {
              ((AssetContext) Objects.requireNonNull(given[0])).addOutputMetadata("rows", 1);
              return CheckResult.pass();
            });
    assertThat(failure(bench.run("a")).message()).contains("'rows'", "CheckResult.with");
  }
}
