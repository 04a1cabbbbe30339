package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AssetContext;
import io.stowage.api.Backoff;
import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.Jitter;
import io.stowage.api.Output;
import io.stowage.api.RetryRequested;
import io.stowage.api.StowageException;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Workbench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final Workbench bench = new Workbench();
  private final AtomicInteger computed = new AtomicInteger();

  private long compute() {
    return computed.incrementAndGet();
  }

  private static StowageException transient_() {
    return new StowageException(ErrorCode.UNAVAILABLE, "slow down");
  }

  /** Throws the first times, as many as are said. */
  private static final class Failing {
    private final AtomicInteger left;

    Failing(int times) {
      this.left = new AtomicInteger(times);
    }

    void maybe(Exception with) throws Exception {
      if (left.getAndDecrement() > 0) {
        throw with;
      }
    }
  }

  @Test
  @DisplayName("C37 a step is tried again as often as it says, after a doubled delay each time")
  void triesAStepAgain() {
    var failing = new Failing(3);
    var attempts = new ArrayList<Integer>();
    bench
        .asset("a")
        .attempts(4, Duration.ofMillis(200))
        .context()
        .computed(
            given -> {
              attempts.add(((AssetContext) Objects.requireNonNull(given[0])).attempt());
              failing.maybe(new IllegalStateException("no"));
              return compute();
            });
    assertThat(bench.run("a").succeeded()).isTrue();
    assertThat(attempts).containsExactly(1, 2, 3, 4);
    assertThat(bench.pauses())
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(bench.ledger().events("step_retried")).hasSize(3);
    assertThat(bench.ledger().events("step_retried").getFirst().message())
        .isEqualTo("compute 'a': java.lang.IllegalStateException: no; tried again in 0.2 s");
  }

  @Test
  @DisplayName("C37 a step that names a kind of failure is tried again after no other")
  void triesAgainWhatItNamesOnly() {
    for (var retried : List.of(ErrorKind.ASSET, ErrorKind.TRANSIENT)) {
      for (var thrown : List.of(transient_(), new IllegalStateException("no"))) {
        var fresh = new Workbench();
        var failing = new Failing(1);
        fresh
            .asset("a")
            .attempts(3, Duration.ZERO)
            .retryingOn(retried)
            .computed(
                _ -> {
                  failing.maybe(thrown);
                  return 1L;
                });

        assertThat(fresh.run("a").succeeded())
            .as("%s after %s", retried, thrown)
            .isEqualTo((retried == ErrorKind.TRANSIENT) == thrown instanceof StowageException);
      }
    }
  }

  private List<Duration> pauses(Backoff backoff, Jitter jitter, double random) {
    var fresh = new Workbench().random(() -> random);
    var failing = new Failing(3);
    fresh
        .asset("a")
        .attempts(4, Duration.ofMillis(100))
        .pausing(backoff, jitter)
        .computed(
            _ -> {
              failing.maybe(new IllegalStateException("no"));
              return 1L;
            });
    assertThat(fresh.run("a").succeeded()).isTrue();
    return fresh.pauses();
  }

  private static List<Duration> millis(long... each) {
    return LongStream.of(each).mapToObj(Duration::ofMillis).toList();
  }

  @Test
  @DisplayName("C37 the pauses grow as the step says")
  void growsThePauses() {
    assertThat(pauses(Backoff.CONSTANT, Jitter.NONE, 0.9)).isEqualTo(millis(100, 100, 100));
    assertThat(pauses(Backoff.LINEAR, Jitter.NONE, 0.9)).isEqualTo(millis(100, 200, 300));
    assertThat(pauses(Backoff.EXPONENTIAL, Jitter.NONE, 0.9)).isEqualTo(millis(100, 200, 400));
  }

  @Test
  @DisplayName("C37 chance shortens a pause, or moves it by up to the first")
  void leavesThePausesToChance() {
    assertThat(pauses(Backoff.EXPONENTIAL, Jitter.FULL, 0.25)).isEqualTo(millis(25, 50, 100));
    assertThat(pauses(Backoff.LINEAR, Jitter.FULL, 0)).as("no pause at all").isEmpty();
    assertThat(pauses(Backoff.CONSTANT, Jitter.PLUS_MINUS, 0.75)).isEqualTo(millis(150, 150, 150));
    assertThat(pauses(Backoff.LINEAR, Jitter.PLUS_MINUS, 0.25)).isEqualTo(millis(50, 150, 250));
  }

  @Test
  @DisplayName("C37 a while that was asked for is no chance's")
  void chanceLeavesAskedForPausesAlone() {
    var failing = new Failing(1);
    bench
        .random(() -> 0.1)
        .asset("a")
        .attempts(2, Duration.ofSeconds(30))
        .pausing(Backoff.EXPONENTIAL, Jitter.FULL)
        .computed(
            _ -> {
              failing.maybe(new RetryRequested("not yet", Duration.ofMillis(700)));
              return compute();
            });
    assertThat(bench.run("a").succeeded()).isTrue();
    assertThat(bench.pauses()).isEqualTo(millis(700));
  }

  @Test
  @DisplayName("C37 how to try again is checked with the graph")
  void refusesPausesThatCannotBe() {
    Jitter full = Jitter.FULL;
    refused(1, Duration.ofSeconds(1), full, "has one alone: give attempts");
    refused(2, Duration.ZERO, full, "jitter is FULL, but there is no pause");
    refused(101, Duration.ofSeconds(1), full, "attempts is 101, not 1 to 100");
    refused(0, Duration.ofSeconds(1), Jitter.NONE, "attempts is 0, not 1 to 100");
    refused(2, Duration.ofSeconds(-1), full, "retryDelay is PT-1S");
  }

  private static void refused(int attempts, Duration delay, Jitter jitter, String why) {
    var graph = new Declarations();
    graph.asset("a").attempts(attempts, delay).pausing(Backoff.EXPONENTIAL, jitter);
    assertThatThrownBy(graph::graph)
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContainingAll("Assets.a: ", why);
  }

  @Test
  @DisplayName("C37 a step says no more than it may be tried, and then how it failed at last")
  void givesUp() {
    bench
        .asset("a")
        .attempts(2, Duration.ZERO)
        .computed(
            _ -> {
              throw new IllegalStateException("attempt " + compute());
            });
    assertThat(failure(bench.run("a")).message()).contains("attempt 2");
    assertThat(computed).hasValue(2);
    assertThat(bench.ledger().event("step_failed").data()).containsEntry("attempt", 2);
  }

  @Test
  @DisplayName("C37 a failure of the author's is not tried again where nothing is said")
  void triesOnceByDefault() {
    bench
        .asset("a")
        .computed(
            _ -> {
              compute();
              throw new IllegalStateException("no");
            });
    assertThat(bench.run("a").succeeded()).isFalse();
    assertThat(computed).hasValue(1);
  }

  @Test
  @DisplayName("C37 the request's or configuration's fault is never tried again")
  void neverTriesAgainWhatTheCallerHasToAct() {
    bench
        .asset("a")
        .attempts(5, Duration.ofSeconds(1))
        .computed(
            _ -> {
              compute();
              throw new StowageException(ErrorCode.ACCESS_DENIED, "not for you");
            });
    assertThat(failure(bench.run("a")).code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(computed).hasValue(1);
  }

  @Test
  @DisplayName(
      "C37 a store that fails for the moment is repeated by itself, without computing again")
  void repeatsAStore() {
    var failing = new Failing(2);
    var manager =
        bench
            .recording("lake")
            .onStore(
                (context, _) -> {
                  context.recordMaterialization(
                      io.stowage.api.AssetKey.of("index"), java.util.Map.of());
                  failing.maybe(transient_());
                });
    bench.asset("a").storedBy("lake").computed(_ -> compute());
    assertThat(bench.run("a").succeeded()).isTrue();
    assertThat(computed).hasValue(1);
    assertThat(manager.stores()).hasSize(3);
    assertThat(bench.pauses()).containsExactly(Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(bench.ledger().commits()).hasSize(1);
    assertThat(bench.ledger().commits().getFirst().beside()).hasSize(1);
  }

  @Test
  @DisplayName("C37 a load that fails for the moment is repeated by itself")
  void repeatsALoad() {
    var failing = new Failing(2);
    var manager = bench.recording("lake").onLoad(_ -> failing.maybe(transient_()));
    bench.asset("a").storedBy("lake");
    bench.asset("b").input("a", Long.class).computed(_ -> compute());
    assertThat(bench.run("a", "b").succeeded()).isTrue();
    assertThat(manager.loads()).hasSize(3);
    assertThat(computed).hasValue(1);
  }

  @Test
  @DisplayName("C37 what a store cannot do in three tries is the step's to retry")
  void aStepRetriesWhatTheStoreCannot() {
    var failing = new Failing(3);
    bench.recording("lake").onStore((_, _) -> failing.maybe(transient_()));
    bench.asset("a").storedBy("lake").attempts(2, Duration.ofSeconds(3)).computed(_ -> compute());
    assertThat(bench.run("a").succeeded()).isTrue();
    assertThat(computed).hasValue(2);
  }

  @Test
  @DisplayName("C37 a run's failure for the moment keeps its kind, for the queue to retry")
  void keepsTheKindOfAFailure() {
    bench
        .recording("lake")
        .onStore(
            (_, _) -> {
              throw transient_();
            });
    bench.asset("a").storedBy("lake");
    assertThat(failure(bench.run("a")).code()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  @DisplayName(
      "C30 a manager may ask to be tried again after a while, which the step's attempts count")
  void aManagerAsksForARetry() {
    var failing = new Failing(1);
    var manager =
        bench
            .recording("lake")
            .onLoad(
                _ ->
                    failing.maybe(
                        new RetryRequested("the export is not there yet", Duration.ofMillis(700))));
    bench.asset("a").storedBy("lake");
    bench
        .asset("b")
        .attempts(2, Duration.ofSeconds(30))
        .input("a", Long.class)
        .computed(_ -> compute());
    assertThat(bench.run("a", "b").succeeded()).isTrue();
    assertThat(manager.loads()).hasSize(2);
    assertThat(manager.loads()).extracting(context -> context.attempt()).containsExactly(1, 2);
    assertThat(bench.pauses()).containsExactly(Duration.ofMillis(700));
  }

  @Test
  @DisplayName("C30 no attempt is left for a retry that is asked for")
  void aRetryNeedsAnAttempt() {
    bench
        .asset("a")
        .computed(
            _ -> {
              throw new RetryRequested("not there yet", Duration.ofSeconds(1));
            });
    assertThat(failure(bench.run("a")).message()).isEqualTo("compute 'a': not there yet");
    assertThat(bench.pauses()).isEmpty();
  }

  @Test
  void waitsNoLongerOnceItIsCanceled() {
    bench.cancellation(() -> bench.pauses().size() >= 2);
    bench
        .asset("a")
        .attempts(2, Duration.ofHours(1))
        .computed(
            _ -> {
              compute();
              throw new IllegalStateException("no");
            });
    assertThat(bench.run("a").canceled()).isTrue();
    assertThat(bench.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(computed).hasValue(1);
  }

  record Two(Long left, Long right) {}

  @Test
  @DisplayName("C37 a multi-asset that is tried again does not commit an output twice")
  void doesNotCommitAnOutputTwice() {
    var failing = new Failing(1);
    bench.recording("lake").onStore((_, _) -> failing.maybe(new IllegalStateException("no")));
    bench
        .multi("two")
        .output("left", "left", Declarations.type(Long.class))
        .output("right", "right", Declarations.type(Long.class))
        .storedBy("lake")
        .attempts(2, Duration.ZERO)
        .computed(_ -> Output.of(new Two(compute(), 2L)));
    assertThat(bench.run("left", "right").succeeded()).isTrue();
    assertThat(bench.ledger().commits())
        .extracting(StepCommit::output)
        .isEqualTo(List.of("left", "right"));
  }
}
