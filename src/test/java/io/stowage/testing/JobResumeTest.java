package io.stowage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.DynamicOutput;
import io.stowage.api.ErrorCode;
import io.stowage.api.Job;
import io.stowage.api.Materialization;
import io.stowage.api.MultiOp;
import io.stowage.api.Op;
import io.stowage.api.partition.PartitionContext;
import io.stowage.engine.Engine;
import io.stowage.engine.EngineMetrics;
import io.stowage.engine.RunResult;
import io.stowage.engine.RunScope;
import io.stowage.engine.StepCommit;
import io.stowage.engine.StepOutcome;
import io.stowage.fixture.MemoryLedger;
import io.stowage.plan.RunPlan;
import io.stowage.plan.RunRequest;
import jakarta.enterprise.inject.Vetoed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another attempt at a job's run does what the first had not committed, and no more. */
class JobResumeTest {
  private static final String RUN = "0198c0de-0000-7000-8000-000000000001";

  @Vetoed
  @Job("count")
  static class Count {
    final List<String> called = Collections.synchronizedList(new ArrayList<>());
    boolean broken = true;

    @Op
    Stream<DynamicOutput<Integer>> numbers() {
      called.add("numbers");
      return Stream.of(1, 2, 3)
          .peek(
              number -> {
                if (broken && number == 3) {
                  throw new IllegalStateException("no third");
                }
              })
          .map(number -> DynamicOutput.of("n" + number, number));
    }

    @Op
    int square(int numbers) {
      called.add("square " + numbers);
      if (broken && numbers == 2) {
        throw new IllegalStateException("no square");
      }
      return numbers * numbers;
    }

    @Op
    int sum(List<Integer> square) {
      called.add("sum");
      return square.stream().mapToInt(Integer::intValue).sum();
    }
  }

  @Vetoed
  @Job("sort")
  static class Sort {
    final List<String> called = Collections.synchronizedList(new ArrayList<>());
    Optional<Integer> rest = Optional.empty();
    boolean broken = true;

    record Parts(int whole, Optional<Integer> rest) {}

    @MultiOp
    Parts parts() {
      called.add("parts");
      return new Parts(6, rest);
    }

    @Op
    int left(int rest) {
      called.add("left");
      return rest;
    }

    @Op
    int half(int whole) {
      called.add("half");
      if (broken) {
        throw new IllegalStateException("no half");
      }
      return whole / 2;
    }
  }

  @Vetoed
  @Job("look")
  static class Look {
    final List<String> called = Collections.synchronizedList(new ArrayList<>());
    boolean broken = true;

    @Op
    Optional<Integer> find() {
      called.add("find");
      return Optional.empty();
    }

    @Op
    int use(int find) {
      called.add("use");
      return find;
    }

    @Op
    int other() {
      called.add("other");
      if (broken) {
        throw new IllegalStateException("no other");
      }
      return 1;
    }
  }

  private final Count count = new Count();
  private final Look look = new Look();
  private final Sort sort = new Sort();
  private final AnnotatedClasses classes = AnnotatedClasses.of(count, sort, look);
  private final MemoryLedger ledger = new MemoryLedger();
  private final GivenManagers managers =
      new GivenManagers(Map.of(), new GivenValues(Map.of()), new Storage());

  /** An attempt that is told of all that was committed before. */
  private RunResult attempt() {
    return attempt(RUN);
  }

  private RunResult attempt(String run) {
    return attempt(run, "count");
  }

  private RunResult attempt(String run, String job) {
    var committed =
        ledger.commits().stream()
            .map(each -> new RunScope.Committed(each.step(), each.output(), materialization(each)))
            .toList();
    var request = new RunRequest(run, job, List.of(), List.of(), Map.of(), Map.of());
    var plan =
        RunPlan.of(
            request, classes.graph(), PartitionContext.at(Instant.parse("2026-01-01T00:00:00Z")));
    var scope =
        new RunScope(
            classes.graph(),
            classes,
            managers,
            ledger.forRun(run),
            committed,
            leftOut(),
            () -> false,
            1,
            null,
            0);
    return new Engine(1, EngineMetrics.NONE, Clock.systemUTC(), _ -> {}).run(plan, scope);
  }

  private List<RunScope.LeftOut> leftOut() {
    return ledger.events().stream()
        .filter(event -> event.type().equals("output_skipped"))
        .map(event -> new RunScope.LeftOut(event.step(), event.data().get("output").toString(), ""))
        .toList();
  }

  private static Materialization materialization(StepCommit commit) {
    return new Materialization(
        commit.commitId().toString(),
        commit.asset(),
        commit.partition(),
        RUN,
        commit.object(),
        commit.metadata(),
        Instant.EPOCH);
  }

  private List<String> commits() {
    return ledger.commits().stream().map(each -> each.step() + " " + each.output()).toList();
  }

  @Test
  @Tag("C35")
  void anOpThatWentWithoutItsOnlyOutputIsDone() {
    attempt(RUN, "look");
    look.broken = false;
    var result = attempt(RUN, "look");
    assertThat(look.called).containsExactlyInAnyOrder("find", "other", "other");
    assertThat(result.steps())
        .filteredOn(ended -> ended.step().name().endsWith("use"))
        .singleElement()
        .satisfies(ended -> assertThat(ended.outcome()).isInstanceOf(StepOutcome.Skipped.class));
  }

  @Test
  void whatWasEmittedBeforeAFailureIsNotStoredAgain() {
    assertThat(attempt().succeeded()).isFalse();
    assertThat(commits()).containsExactly("count/numbers result[n1]", "count/numbers result[n2]");
    count.broken = false;
    assertThat(attempt().succeeded()).isTrue();
    assertThat(commits())
        .startsWith(
            "count/numbers result[n1]",
            "count/numbers result[n2]",
            "count/numbers result[n3]",
            "count/numbers result")
        .contains("count/square[n3] result")
        .endsWith("count/sum result")
        .doesNotHaveDuplicates();
  }

  @Test
  void onlyTheMappingKeysThatFailedAreExecutedAgain() {
    count.broken = false;
    assertThat(attempt().succeeded()).isTrue();
    var again = attempt();
    assertThat(again.succeeded()).isTrue();
    assertThat(count.called).hasSize(5);
    ledger.loseLeaseAt("@runs/" + RUN + "/count/sum/result");
    assertThat(commits()).hasSize(8);
  }

  @Test
  @Tag("C35")
  void aRunThatGoesOnFromAnotherTakesWhatThatCommitted() {
    count.broken = false;
    ledger.loseLeaseAt("@runs/" + RUN + "/count/sum/result");
    assertThat(attempt().lost()).isTrue();
    count.called.clear();
    var other = attempt("0198c0de-0000-7000-8000-000000000002");
    assertThat(other.succeeded()).as("%s", other.failure()).isFalse();
    assertThat(count.called).isEmpty();
    assertThat(other.failure().orElseThrow().message())
        .contains("is not in the memory of this worker")
        .contains("materialize it in the same run");
  }

  @Test
  @Tag("C24")
  @Tag("C35")
  void anOpThatWentWithoutAnOptionalOutputIsNotExecutedAgain() {
    assertThat(attempt(RUN, "sort").succeeded()).isFalse();
    assertThat(sort.called).containsExactlyInAnyOrder("parts", "half");
    sort.called.clear();
    sort.broken = false;
    var again = attempt(RUN, "sort");
    assertThat(sort.called).containsExactly("half");
    assertThat(outcome(again, "sort/parts")).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(outcome(again, "sort/left"))
        .isInstanceOfSatisfying(
            StepOutcome.Skipped.class,
            skipped -> assertThat(skipped.reason()).contains("sort/parts/rest"));
    assertThat(commits()).containsExactly("sort/parts whole", "sort/half result");
  }

  @Test
  @Tag("C24")
  @Tag("C35")
  void anOptionalOutputIsStoredBeforeThoseThatTellOfIt() {
    sort.rest = Optional.of(1);
    ledger.loseLeaseAt("@runs/" + RUN + "/sort/parts/rest");
    assertThat(attempt(RUN, "sort").lost()).isTrue();
    assertThat(commits()).isEmpty();
    assertThat(attempt(RUN, "sort").lost()).isTrue();
    assertThat(sort.called).containsExactly("parts", "parts");
  }

  private static StepOutcome outcome(RunResult result, String step) {
    return result.steps().stream()
        .filter(each -> each.step().name().equals(step))
        .findFirst()
        .orElseThrow()
        .outcome();
  }

  @Test
  void aLostLeaseInTheMiddleOfAMappedOpEndsTheRun() {
    count.broken = false;
    ledger.loseLeaseAt("@runs/" + RUN + "/count/square/result/n2");
    var lost = attempt();
    assertThat(lost.lost()).isTrue();
    assertThat(lost.steps().get(2).outcome()).isInstanceOf(StepOutcome.Lost.class);
    assertThat(lost.failure().map(StepOutcome.Failed::code)).isNotEqualTo(ErrorCode.INTERNAL_ERROR);
  }
}
