package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes together goes together, and nobody waits who is alone. */
@Timeout(20)
class CoalescerTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void whoIsAloneGoesAtOnce() {
    var calls = new Coalescer<Integer, Integer>(10, FOR_EVER, _ -> false, this::doubled);
    assertThat(calls.call(1)).isEqualTo(2);
    assertThat(calls.call(2)).isEqualTo(4);
    assertThat(batches).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void whatComesWhileABatchIsUnderWayGoesTogether() throws Exception {
    var calls = new Coalescer<Integer, Integer>(10, FOR_EVER, _ -> false, this::slowFirst);
    var answers = fiveBehindOne(calls);
    for (int i = 0; i < 6; i++) {
      assertThat(answers.get(i).get()).isEqualTo(2 * i);
    }
    assertThat(batches).hasSize(2);
    assertThat(batches.getLast()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void aBatchHasABound() throws Exception {
    var calls = new Coalescer<Integer, Integer>(2, Duration.ZERO, _ -> false, this::slowFirst);
    for (var answer : fiveBehindOne(calls)) {
      answer.get();
    }
    assertThat(batches).hasSize(4).allMatch(batch -> batch.size() <= 2);
  }

  @Test
  void gathersNoLongerThanUntilAsManyHaveComeAsTheLastTime() throws Exception {
    var calls = new Coalescer<Integer, Integer>(10, FOR_EVER, _ -> false, this::slowFirst);
    for (var answer : fiveBehindOne(calls)) {
      answer.get();
    }
    assertThat(calls.call(9)).as("after a lull nobody is waited for").isEqualTo(18);
  }

  @Test
  void gathersForTheWindowAtTheMost() throws Exception {
    var second = new CountDownLatch(1);
    var calls =
        new Coalescer<Integer, Integer>(
            10,
            Duration.ofMillis(1),
            _ -> false,
            members -> {
              if (members.contains(1)) {
                second.countDown();
              }
              return slowFirst(members);
            });
    var answers = fiveBehindOne(calls);
    assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(CompletableFuture.supplyAsync(() -> calls.call(7), VIRTUAL).get()).isEqualTo(14);
    for (var answer : answers) {
      answer.get();
    }
  }

  @Test
  void theFaultOfOneIsNotTheOthers() throws Exception {
    var calls =
        new Coalescer<Integer, Integer>(
            10,
            FOR_EVER,
            _ -> false,
            members -> {
              var answers = slowFirst(members);
              if (members.contains(3)) {
                throw new IllegalArgumentException("three");
              }
              return answers;
            });
    var answers = fiveBehindOne(calls);
    for (int i : List.of(0, 1, 2, 4, 5)) {
      assertThat(answers.get(i).get()).isEqualTo(2 * i);
    }
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> answers.get(3).get())
        .withMessageContaining("three");
  }

  @Test
  void aFaultOfNoMemberIsTriedOnce() throws Exception {
    var calls =
        new Coalescer<Integer, Integer>(
            10,
            FOR_EVER,
            _ -> true,
            members -> {
              var answers = slowFirst(members);
              if (!members.contains(0)) {
                throw new IllegalStateException("away");
              }
              return answers;
            });
    var answers = fiveBehindOne(calls);
    assertThat(answers.getFirst().get()).isZero();
    for (int i = 1; i < 6; i++) {
      assertThat(answers.get(i)).failsWithin(Duration.ofSeconds(10));
    }
    assertThat(batches).hasSize(2);
  }

  /** One that is under way until five others have come. */
  private List<CompletableFuture<Integer>> fiveBehindOne(Coalescer<Integer, Integer> calls)
      throws InterruptedException {
    var answers = new ArrayList<CompletableFuture<Integer>>();
    answers.add(CompletableFuture.supplyAsync(() -> calls.call(0), VIRTUAL));
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 1; i < 6; i++) {
      int asked = i;
      answers.add(CompletableFuture.supplyAsync(() -> calls.call(asked), VIRTUAL));
    }
    Awaitility.await().until(() -> calls.waiting() == 5);
    goOn.countDown();
    return answers;
  }

  private List<Integer> slowFirst(List<Integer> members) {
    if (members.contains(0)) {
      first.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return doubled(members);
  }

  private List<Integer> doubled(List<Integer> members) {
    batches.add(members);
    return members.stream().map(member -> 2 * member).toList();
  }
}
