package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static io.stowage.fixture.Workbench.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AssetContext;
import io.stowage.api.ErrorCode;
import io.stowage.fixture.Workbench;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EngineTest {
  private final Workbench bench = new Workbench();

  @Test
  void computesEachAssetFromThoseBefore() {
    bench.asset("one").computed(_ -> 1L);
    bench.asset("two").input("one", long.class).computed(given -> (long) given[0] + 1);
    bench
        .asset("sum")
        .input("one", Long.class)
        .input("two", Long.class)
        .computed(given -> (long) given[0] + (long) given[1]);
    var result = bench.run("sum", "two", "one");
    assertThat(result.succeeded()).isTrue();
    assertThat(result.counts()).containsExactly(Map.entry("succeeded", 3));
    assertThat(bench.ledger().commits())
        .extracting(commit -> commit.asset().toString())
        .containsExactly("one", "two", "sum");
  }

  @Test
  @DisplayName("C39 independent steps run side by side")
  void runsIndependentStepsSideBySide() {
    var both = new CyclicBarrier(2);
    bench.asset("left").computed(_ -> (long) both.await(10, TimeUnit.SECONDS));
    bench.asset("right").computed(_ -> (long) both.await(10, TimeUnit.SECONDS));
    assertThat(bench.run("left", "right").succeeded()).isTrue();
  }

  @Test
  void runsNoMoreStepsSideBySideThanItMay() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    for (String key : List.of("a", "b", "c", "d", "e", "f")) {
      bench
          .asset(key)
          .computed(
              _ -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                return (long) running.decrementAndGet();
              });
    }
    assertThat(bench.mostSteps(1).run("a", "b", "c", "d", "e", "f").succeeded()).isTrue();
    assertThat(most).hasValue(1);
  }

  @Test
  void refusesToRunNoStepsSideBySide() {
    assertThatThrownBy(() -> new Engine(0, EngineMetrics.NONE, Clock.systemUTC(), Pause.REAL))
        .hasMessageContaining("0 steps");
  }

  @Test
  @DisplayName("C39 a failed step skips those that need it, with the reason; the others finish")
  void skipsWhatNeedsAFailedStep() {
    bench
        .asset("bad")
        .computed(
            _ -> {
              throw new IllegalStateException("no rain gauge");
            });
    bench.asset("next").input("bad", Long.class);
    bench.asset("last").input("next", Long.class);
    bench.asset("other");
    var result = bench.run("bad", "next", "last", "other");
    assertThat(result.succeeded()).isFalse();
    assertThat(outcome(result, "bad")).isInstanceOf(StepOutcome.Failed.class);
    assertThat(outcome(result, "next"))
        .isEqualTo(new StepOutcome.Skipped("needs bad, which did not succeed"));
    assertThat(outcome(result, "last"))
        .isEqualTo(new StepOutcome.Skipped("needs next, which did not succeed"));
    assertThat(outcome(result, "other")).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(bench.ledger().events("step_skipped"))
        .extracting(StepEvent::message)
        .contains("needs bad, which did not succeed");
  }

  @Test
  void saysWhatFailedAndWhy() {
    bench
        .asset("weather/bad")
        .computed(
            _ -> {
              throw new IllegalStateException(
                  "no rain gauge", new java.io.IOException("cable cut"));
            });
    var failure = failure(bench.run("weather/bad"));
    assertThat(failure.code()).isEqualTo(ErrorCode.ASSET_FAILED);
    assertThat(failure.message())
        .isEqualTo("compute 'weather/bad': java.lang.IllegalStateException: no rain gauge");
    assertThat(failure.causes()).hasSize(2);
    assertThat(failure.causes().getFirst())
        .contains("no rain gauge at io.stowage.engine.EngineTest");
    assertThat(failure.causes().getLast()).contains("cable cut");
    var event = bench.ledger().event("step_failed");
    assertThat(event.message()).contains("no rain gauge");
    assertThat(event.data())
        .containsEntry("code", "asset_failed")
        .containsKeys("causes", "seconds", "compute_seconds");
  }

  @Test
  void anErrorOfTheAuthorsIsAFailureOfItsStepAlone() {
    bench
        .asset("endless")
        .computed(
            _ -> {
              throw new StackOverflowError();
            });
    bench.asset("next").input("endless", Long.class);
    bench.asset("other");
    var result = bench.run("endless", "next", "other");
    assertThat(failure(result).message()).contains("StackOverflowError");
    assertThat(result.counts())
        .containsOnly(Map.entry("failed", 1), Map.entry("skipped", 1), Map.entry("succeeded", 1));
  }

  @Test
  @DisplayName(
      "C35 what an earlier attempt committed is not executed again, and is read from storage")
  void doesNotRepeatWhatWasCommitted() {
    var calls = new AtomicInteger();
    var broken = new AtomicBoolean(true);
    bench.asset("first").computed(_ -> (long) calls.incrementAndGet());
    bench
        .asset("second")
        .input("first", Long.class)
        .computed(
            given -> {
              if (broken.get()) {
                throw new IllegalStateException("not yet");
              }
              return given[0];
            });
    assertThat(bench.run("first", "second").succeeded()).isFalse();
    broken.set(false);
    var result =
        bench.again(bench.committed("first", "result", "first", "")).run("first", "second");
    assertThat(result.succeeded()).isTrue();
    assertThat(calls).hasValue(1);
    assertThat(
            bench.ledger().events("step_succeeded").stream()
                .filter(event -> event.data().containsKey("repeated")))
        .hasSize(1);
  }

  @Test
  @DisplayName("C35 a value that was only in another process' memory is refused with a sentence")
  void refusesAValueThatWasInMemoryOnly() {
    bench.asset("first");
    bench.asset("second").input("first", Long.class);
    bench.run("first");
    var committed = bench.committed("first", "result", "first", "");
    bench.managers().put("default", new io.stowage.io.memory.MemoryIoManager("default", 10));
    assertThat(failure(bench.again(committed).run("first", "second")).message())
        .isEqualTo(
            "load input 'first' of 'second': 'first' is not in the memory of this worker, where IO manager 'default' keeps values: "
                + "materialize it in the same run");
  }

  @Test
  @DisplayName("C36 a subset reads the rest from storage")
  void readsTheRestFromStorage() {
    bench.asset("first").computed(_ -> 7L);
    bench.asset("second").input("first", Long.class).computed(given -> given[0]);
    bench.run("first");
    assertThat(bench.anew().run("second").succeeded()).isTrue();
    assertThat(bench.ledger().commits()).hasSize(2);
  }

  @Test
  void endsAsSupersededWhereANewerRunStands() {
    bench.asset("first");
    bench.asset("second").input("first", Long.class);
    bench.ledger().supersede("first");
    var result = bench.run("first", "second");
    assertThat(outcome(result, "first")).isInstanceOf(StepOutcome.Superseded.class);
    assertThat(outcome(result, "second")).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(result.succeeded()).isTrue();
    assertThat(bench.ledger().events("step_superseded")).hasSize(1);
  }

  @Test
  void aLostLeaseEndsTheRun() {
    var started = new CountDownLatch(1);
    bench
        .asset("first")
        .attempts(5, Duration.ofSeconds(1))
        .computed(
            _ -> {
              assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
              return 1L;
            });
    bench.asset("next").input("first", Long.class);
    bench.asset("beside").after("other");
    bench
        .asset("other")
        .context()
        .computed(
            given -> {
              started.countDown();
              var context = (AssetContext) given[0];
              while (!context.cancellation().requested()) {
                Thread.onSpinWait();
              }
              return 1L;
            });
    bench.ledger().loseLeaseAt("first");
    var result = bench.run("first", "next", "other", "beside");
    assertThat(result.lost()).isTrue();
    assertThat(result.counts()).containsExactly(Map.entry("lost", 4));
    assertThat(bench.ledger().commits()).isEmpty();
    assertThat(bench.pauses()).isEmpty();
    assertThat(bench.ledger().events())
        .extracting(StepEvent::type)
        .doesNotContain("step_failed", "step_skipped", "step_lost");
  }

  @Test
  void stopsWhereItIsCanceled() {
    var canceled = new AtomicBoolean();
    bench.cancellation(canceled::get);
    bench
        .asset("first")
        .computed(
            _ -> {
              canceled.set(true);
              return 1L;
            });
    bench.asset("second").input("first", Long.class);
    var result = bench.run("first", "second");
    assertThat(outcome(result, "first")).isInstanceOf(StepOutcome.Canceled.class);
    assertThat(outcome(result, "second")).isInstanceOf(StepOutcome.Skipped.class);
    assertThat(result.canceled()).isTrue();
    assertThat(result.succeeded()).isFalse();
    assertThat(bench.ledger().commits()).isEmpty();
  }

  @Test
  void givesTheAuthorWhatHeAsksFor() {
    var seen = Collections.synchronizedList(new ArrayList<Object>());
    bench
        .asset("weather/asset")
        .metadata(Map.of("unit", "mm"))
        .context()
        .computed(
            given -> {
              var context = (AssetContext) given[0];
              seen.addAll(
                  List.of(
                      context.asset().toString(),
                      context.step(),
                      context.runId(),
                      context.jobName(),
                      context.tags(),
                      context.attempt(),
                      context.definitionMetadata(),
                      context.partitioned()));
              return 1L;
            });
    bench.run("weather/asset");
    assertThat(seen)
        .containsExactly(
            "weather/asset",
            "weather/asset",
            bench.runId(),
            "nightly",
            Map.of("team", "rain"),
            1,
            Map.of("unit", "mm"),
            false);
  }

  @Test
  @DisplayName("C19 log lines are recorded at once, in order, with other events")
  void recordsLogLines() {
    bench
        .asset("told")
        .context()
        .computed(
            given -> {
              var context = (AssetContext) given[0];
              context.log().log(System.Logger.Level.INFO, "{0} rows of {1}", 3, "Seattle");
              context.log().log(System.Logger.Level.WARNING, "an open {brace", 1);
              return 1L;
            });
    assertThat(bench.run("told").succeeded()).isTrue();
    assertThat(bench.ledger().events("log"))
        .extracting(StepEvent::message)
        .containsExactly("3 rows of Seattle", "an open {brace [1]");
    assertThat(bench.ledger().events())
        .extracting(StepEvent::type)
        .containsExactly(
            "run_started", "step_started", "log", "log", "output_stored", "step_succeeded");
  }

  @Test
  void thinsOutProgress() {
    bench
        .asset("long")
        .context()
        .computed(
            given -> {
              var context = (AssetContext) given[0];
              for (int i = 0; i <= 1000; i++) {
                context.progress(i, 1000);
                bench.clock().advance(Duration.ofMillis(10));
              }
              return 1L;
            });
    bench.run("long");
    var events = bench.ledger().events("progress");
    assertThat(events).hasSizeBetween(10, 12);
    assertThat(events.getLast().data()).containsEntry("done", 1000L).containsEntry("total", 1000L);
  }

  @Test
  void measuresStepsStoresAndLoads() {
    var measured = Collections.synchronizedList(new ArrayList<String>());
    bench.metrics(
        new EngineMetrics() {
          @Override
          public void stepEnded(String group, String outcome, Duration took) {
            measured.add("step " + outcome);
          }

          @Override
          public void spent(String part, Duration took) {
            measured.add(part);
          }

          @Override
          public void stepRetried(String group) {
            measured.add("step retried");
          }

          @Override
          public void callRepeated() {
            measured.add("call repeated");
          }

          @Override
          public void stored(String ioManager, long bytes, long rows, Duration took) {
            measured.add("stored by " + ioManager + ": " + rows + " rows");
          }

          @Override
          public void loaded(String ioManager, long bytes, long rows, Duration took) {
            measured.add("loaded by " + ioManager + ": " + rows + " rows, " + bytes + " bytes");
          }
        });
    bench.asset("rows").returning(List.class, Long.class).computed(_ -> List.of(1L, 2L));
    bench.asset("count").input("rows", List.class, Long.class);
    bench.run("rows", "count");
    assertThat(measured)
        .containsExactly(
            "load",
            "compute",
            "stored by default: 2 rows",
            "commit",
            "store",
            "step succeeded",
            "loaded by default: 2 rows, -1 bytes",
            "load",
            "compute",
            "stored by default: -1 rows",
            "commit",
            "store",
            "step succeeded");
  }
}
