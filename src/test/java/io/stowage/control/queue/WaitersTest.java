package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitersTest {
  private static final short QUEUE = 1;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Waiters waiters = new Waiters();

  @Test
  void aRunThatBecomesReadyBetweenLookAndWaitIsNoticed() {
    try (var claim = waiters.enter(1, List.of(QUEUE))) {
      claim.arm();
      waiters.wake(QUEUE, 1);
      assertThat(claim.await(LONG)).isTrue();
    }
  }

  @Test
  void wakesAsManyAsThereAreRunsAndTheLongestWaitingFirst() {
    try (var first = armed(1);
        var second = armed(2);
        var third = armed(3)) {
      waiters.wake(QUEUE, 2);
      assertThat(waiters.waiting(QUEUE)).isEqualTo(1);
      assertThat(first.await(LONG)).isTrue();
      assertThat(second.await(LONG)).isTrue();
      assertThat(third.await(Duration.ZERO)).as("only its time is over").isTrue();
    }
  }

  @Test
  void wakesOnlyClaimsOfTheQueue() {
    try (var claim = armed(1)) {
      waiters.wake((short) 2, 1);
      assertThat(waiters.waiting(QUEUE)).isEqualTo(1);
      assertThat(claim.await(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void aWakeThatCameTooLateGoesToAnother() {
    try (var other = waiters.enter(2, List.of(QUEUE))) {
      try (var claim = armed(1)) {
        assertThat(claim.arm()).isTrue();
        other.arm();
        waiters.wake(QUEUE, 1); // while the first is being answered with another run
      }
      assertThat(waiters.waiting(QUEUE)).isZero();
      assertThat(other.await(LONG)).isTrue();
    }
  }

  @Test
  void aNewerClaimOfTheSessionEndsTheOlder() {
    try (var older = armed(1);
        var newer = armed(1)) {
      assertThat(older.await(LONG)).isFalse();
      assertThat(older.arm()).as("it does not look again").isFalse();
      waiters.wake(QUEUE, 1);
      assertThat(newer.await(LONG)).isTrue();
    }
  }

  private Waiters.Waiter armed(long session) {
    var claim = waiters.enter(session, List.of(QUEUE));
    claim.arm();
    return claim;
  }
}
