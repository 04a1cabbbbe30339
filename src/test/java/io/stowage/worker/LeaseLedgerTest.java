package io.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.engine.StepEvent;
import io.stowage.fixture.ScriptedSession;
import io.stowage.protocol.EventsRequest.NewEvent;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LeaseLedgerTest {
  private final ScriptedSession session = new ScriptedSession();
  private final LeaseLedger ledger = new LeaseLedger(session, hold());

  private static LeaseHold hold() {
    var spec =
        new RunSpec(
            "assets",
            List.of("a"),
            List.of(),
            Map.of(),
            Map.of(),
            null,
            null,
            null,
            "asset",
            Map.of());
    return new LeaseHold(
        new Lease(UUID.randomUUID(), UUID.randomUUID(), 1, 1, 1, spec, List.of(), List.of(), null));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void record(String message) {
    ledger.record(new StepEvent(Instant.EPOCH, "progress", "a", "", message, Map.of()));
  }

  @Test
  @Tag("C19")
  @Tag("C54")
  void tellsOfALongStepWhileItRuns() {
    record("1 of 3");
    await().until(() -> session.events().size() == 1);
    record("2 of 3");
    record("3 of 3");
    await().until(() -> session.events().size() == 3);
    assertThat(session.events())
        .extracting(NewEvent::message)
        .containsExactly("1 of 3", "2 of 3", "3 of 3");
  }

  @Test
  @Tag("C19")
  void theEndWaitsForEventsThatAreBeingSentSinceNothingIsTakenAfterIt() throws Exception {
    var sending = new CountDownLatch(1);
    var arrives = new CountDownLatch(1);
    session.onEvents(
        () -> {
          sending.countDown();
          awaitQuietly(arrives);
        });
    record("before the end");
    sending.await();
    var atTheEnd = new FutureTask<>(() -> ledger.rest().size() + session.events().size());
    Thread ending = Thread.ofPlatform().start(atTheEnd);
    await().until(() -> atTheEnd.isDone() || ending.getState() == Thread.State.WAITING);
    arrives.countDown();
    assertThat(atTheEnd.get()).isEqualTo(1);
  }

  @Test
  @Tag("C19")
  void sendsManyInBatchesAndInOrder() {
    var messages = IntStream.range(0, 250).mapToObj(String::valueOf).toList();
    messages.forEach(this::record);
    ledger.close();
    assertThat(session.events()).extracting(NewEvent::message).isEqualTo(messages);
  }
}
