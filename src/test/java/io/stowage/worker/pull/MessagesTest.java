package io.stowage.worker.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.fixture.ManualClock;
import io.stowage.fixture.MemoryMessageQueue;
import io.stowage.message.MessageQueues;
import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MessagesTest {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final MemoryMessageQueue queue = new MemoryMessageQueue(clock);
  private final MemoryMessageQueue other = new MemoryMessageQueue(clock);
  private final Messages messages =
      new Messages(new MessageQueues(Map.of("default", queue)), List.of("default"));
  private final Control control = new Control();

  /** Leases what is ready, once. */
  private static final class Control implements Pull.Claim {
    final Set<UUID> ready = new HashSet<>();
    final List<ClaimRequest> asked = new ArrayList<>();
    RuntimeException failure;

    UUID ready() {
      UUID run = UUID.randomUUID();
      ready.add(run);
      return run;
    }

    @Override
    public ClaimAnswer of(ClaimRequest request) {
      asked.add(request);
      if (failure != null) {
        throw failure;
      }
      var wanted = request.runs() == null ? List.copyOf(ready) : request.runs();
      return new ClaimAnswer(
          wanted.stream().filter(ready::remove).map(Control::lease).limit(request.max()).toList());
    }

    private static Lease lease(UUID run) {
      var spec =
          new RunSpec("assets", List.of("t/a"), List.of(), Map.of(), Map.of(), null, null, null);
      return new Lease(UUID.randomUUID(), run, 1, 1, 1, spec, List.of(), List.of(), null);
    }
  }

  @AfterEach
  void close() {
    messages.close();
  }

  private List<UUID> next(int most, Duration wait) {
    return messages.next(control, most, wait).stream().map(Lease::runId).toList();
  }

  private void awaitEmpty() {
    await().untilAsserted(() -> assertThat(queue.texts()).isEmpty());
  }

  @Test
  void claimsTheRunThatItHearsOfAndDeletesTheMessage() {
    UUID run = control.ready();
    queue.send(List.of(run));
    assertThat(next(4, Duration.ZERO)).containsExactly(run);
    assertThat(control.asked.getFirst().runs()).containsExactly(run);
    awaitEmpty();
  }

  @Test
  void claimsNoMoreThanThereAreSlots() {
    for (int i = 0; i < 5; i++) {
      queue.send(List.of(control.ready()));
    }
    assertThat(next(2, Duration.ZERO)).hasSize(2);
    await().untilAsserted(() -> assertThat(queue.texts()).hasSize(3));
  }

  @Test
  void asksOnceForARunThatItHearsOfTwice() {
    UUID run = control.ready();
    queue.send(List.of(run, run));
    assertThat(next(4, Duration.ZERO)).containsExactly(run);
    assertThat(control.asked.getFirst().runs()).containsExactly(run);
    awaitEmpty();
  }

  @Test
  void deletesWordOfARunThatIsDoneAndWaitsOn() throws Exception {
    queue.send(List.of(UUID.randomUUID()));
    var claim =
        CompletableFuture.supplyAsync(
            () -> next(1, Duration.ofSeconds(20)), task -> Thread.ofVirtual().start(task));
    awaitEmpty();
    UUID run = control.ready();
    queue.send(List.of(run));
    assertThat(claim.get(10, TimeUnit.SECONDS)).containsExactly(run);
  }

  @Test
  void asksForAnyRunWhereNoMessageCame() {
    UUID run = control.ready();
    assertThat(next(1, Duration.ZERO)).containsExactly(run);
    assertThat(control.asked).extracting(ClaimRequest::runs).containsExactly((List<UUID>) null);
    assertThat(control.asked).extracting(ClaimRequest::waitMillis).containsExactly(0L);
  }

  @Test
  void asksTheControlPlaneWhileTheQueueDoesNotAnswer() {
    queue.fail(true);
    UUID run = control.ready();
    assertThat(next(1, Duration.ofSeconds(20))).containsExactly(run);
    assertThat(control.asked).extracting(ClaimRequest::waitMillis).containsExactly(5_000L);
    queue.fail(false);
    UUID later = control.ready();
    queue.send(List.of(later));
    assertThat(next(1, Duration.ZERO)).containsExactly(later);
    assertThat(control.asked.getLast().runs()).containsExactly(later);
  }

  @Test
  void givesMessagesBackWhereTheClaimWasNotAnswered() {
    UUID run = control.ready();
    queue.send(List.of(run));
    control.failure = new StowageException(ErrorCode.SESSION_GONE, "the session is lost");
    assertThatThrownBy(() -> next(1, Duration.ZERO)).isSameAs(control.failure);
    control.failure = null;
    await().untilAsserted(() -> assertThat(next(1, Duration.ZERO)).containsExactly(run));
    assertThat(control.asked.getLast().runs()).containsExactly(run);
    awaitEmpty();
  }

  @Test
  void leavesWhatIsNoRunAndTakesTheRestOfIt() {
    queue.put("hello");
    UUID run = control.ready();
    queue.send(List.of(run));
    assertThat(next(4, Duration.ZERO)).containsExactly(run);
    await().untilAsserted(() -> assertThat(queue.texts()).containsExactly("hello"));
  }

  @Test
  void hearsOfTheRunsOfEachQueue() {
    try (var both =
        new Messages(new MessageQueues(Map.of("a", queue, "b", other)), List.of("a", "b"))) {
      for (var each : List.of(other, queue, other, other)) {
        UUID run = control.ready();
        each.send(List.of(run));
        assertThat(both.next(control, 1, Duration.ZERO))
            .extracting(Lease::runId)
            .containsExactly(run);
        assertThat(control.asked.getLast().runs()).containsExactly(run);
      }
    }
  }

  @Test
  void isLeftWhenItsThreadIsInterrupted() throws Exception {
    var failure = new CompletableFuture<Throwable>();
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    next(1, Duration.ofSeconds(20));
                    failure.complete(new AssertionError("it waited to the end"));
                  } catch (StowageException e) {
                    failure.complete(e);
                  }
                });
    waiting.interrupt();
    assertThat(failure.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
  }
}
