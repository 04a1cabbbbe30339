package io.stowage.io.avro.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LookaheadTest {
  @Test
  void givesResultsInTheOrderOfTheWork() throws Exception {
    try (var ahead = new Lookahead<Integer>()) {
      for (int i = 0; i < 100; i++) {
        int number = i;
        ahead.begin(() -> number);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(ahead.take()).isEqualTo(i);
      }
      assertThat(ahead.isEmpty()).isTrue();
    }
  }

  @Test
  void doesASinglePieceOnTheThreadOfItsTaker() throws Exception {
    var worker = new AtomicReference<Thread>();
    try (var ahead = new Lookahead<String>()) {
      ahead.add(
          () -> {
            worker.set(Thread.currentThread());
            return "done";
          });
      assertThat(worker).hasNullValue();
      assertThat(ahead.take()).isEqualTo("done");
    }
    assertThat(worker).hasValue(Thread.currentThread());
  }

  @Test
  void doesOtherPiecesWhileTheFirstIsUnderWay() throws Exception {
    int helpers = Runtime.getRuntime().availableProcessors() - 1;
    var begun = new CountDownLatch(helpers);
    var othersDone = new CountDownLatch(3);
    try (var ahead = new Lookahead<String>()) {
      for (int i = 0; i < helpers; i++) {
        ahead.begin(
            () -> {
              begun.countDown();
              othersDone.await(); // for ever, if its taker only waited for it
              return "first";
            });
      }
      begun.await();
      var takers = new HashSet<Thread>();
      for (int i = 0; i < 3; i++) {
        ahead.begin(
            () -> {
              takers.add(Thread.currentThread());
              othersDone.countDown();
              return "other";
            });
      }
      assertThat(ahead.take()).isEqualTo(helpers == 0 ? "other" : "first");
      assertThat(takers).containsExactly(Thread.currentThread());
    }
  }

  @Test
  void throwsWhatTheWorkThrows() {
    try (var ahead = new Lookahead<String>()) {
      ahead.begin(
          () -> {
            throw new IOException("broken");
          });
      assertThatThrownBy(ahead::take).isInstanceOf(IOException.class).hasMessage("broken");
    }
  }

  @Test
  void isOverWhenItIsClosed() throws Exception {
    var begun = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    var untouched = new AtomicBoolean(true);
    var ahead = new Lookahead<String>();
    var worker = new AtomicReference<Thread>();
    ahead.begin(
        () -> {
          worker.set(Thread.currentThread());
          begun.countDown();
          released.await();
          ended.set(true);
          return "";
        });
    ahead.add(
        () -> {
          untouched.set(false);
          return "";
        });
    if (Runtime.getRuntime().availableProcessors() > 1) {
      begun.await();
    } else {
      ended.set(true);
    }

    Thread.ofVirtual().start(released::countDown);
    ahead.close();

    assertThat(ended).isTrue();
    assertThat(untouched).isTrue();
    assertThat(ahead.isEmpty()).isTrue();
  }
}
