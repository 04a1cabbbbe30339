package io.stowage.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReusedTest {
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger times = new AtomicInteger();

  private Reused<Integer> taking(long nanos) {
    return new Reused<>(
        () -> {
          clock.addAndGet(nanos);
          return times.incrementAndGet();
        },
        clock::get);
  }

  @Test
  void holdsForTenTimesAsLongAsItTook() {
    var reused = taking(100);
    assertThat(reused.get()).isEqualTo(1);
    clock.addAndGet(999);
    assertThat(reused.get()).isEqualTo(1);
    clock.addAndGet(1);
    assertThat(reused.get()).isEqualTo(2);
  }

  @Test
  void whatCostsNothingIsFoundOutEachTime() {
    var reused = taking(0);
    assertThat(reused.get()).isEqualTo(1);
    assertThat(reused.get()).isEqualTo(2);
  }

  @Test
  void holdsForAMinuteAtTheMost() {
    var reused = taking(3_600_000_000_000L);
    reused.get();
    clock.addAndGet(60_000_000_000L);
    assertThat(reused.get()).isEqualTo(2);
  }

  @Test
  void whoAsksMeanwhileGetsTheOneBefore() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var reused =
        new Reused<>(
            () -> {
              if (times.incrementAndGet() == 2) {
                begun.countDown();
                await(goOn);
              }
              return times.get();
            },
            clock::get);
    reused.get();
    var second = CompletableFuture.supplyAsync(reused::get);
    begun.await();
    assertThat(reused.get()).isEqualTo(1);
    goOn.countDown();
    assertThat(second.join()).isEqualTo(2);
  }

  @Test
  void aFailureIsNotKept() {
    var reused =
        new Reused<>(
            () -> {
              if (times.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
              }
              return times.get();
            },
            clock::get);
    assertThatThrownBy(reused::get).hasMessage("away");
    assertThat(reused.get()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
