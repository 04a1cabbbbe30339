package io.stowage.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every queue outside does. */
@Timeout(60)
public abstract class MessageQueueContract {
  private static final Duration WAIT = Duration.ofSeconds(5);

  /** One with nothing in it. */
  protected abstract MessageQueue queue();

  /** What somebody else puts there. */
  protected abstract void put(String text);

  /** As long as a message that was received is hidden. */
  protected abstract void letTheVisibilityTimeoutPass();

  private static UUID run() {
    return UUID.randomUUID();
  }

  private static List<UUID> runs(List<Message> messages) {
    return messages.stream().flatMap(each -> each.run().stream()).toList();
  }

  private static List<UUID> all(MessageQueue queue) {
    var runs = new ArrayList<UUID>();
    for (var next = queue.receive(10, Duration.ZERO);
        !next.isEmpty();
        next = queue.receive(10, Duration.ZERO)) {
      runs.addAll(runs(next));
      queue.delete(next);
    }
    return runs;
  }

  @Test
  void bringsWhatWasSent() {
    UUID run = run();
    queue().send(List.of(run));
    assertThat(runs(queue().receive(10, WAIT))).containsExactly(run);
  }

  @Test
  void bringsAllOfMany() {
    var runs = Stream.generate(MessageQueueContract::run).limit(125).toList();
    queue().send(runs);
    assertThat(all(queue())).containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  void bringsNoMoreThanWasAskedFor() {
    queue().send(List.of(run(), run(), run()));
    assertThat(queue().receive(2, WAIT)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void bringsARunAsOftenAsItWasSent() {
    UUID run = run();
    queue().send(List.of(run));
    queue().send(List.of(run));
    assertThat(all(queue())).containsExactly(run, run);
  }

  @Test
  void doesNotWaitWhereItIsNotAskedTo() {
    assertThat(queue().receive(10, Duration.ZERO)).isEmpty();
  }

  @Test
  void bringsWhatIsSentWhileItIsWaitedFor() throws Exception {
    var receiving = CompletableFuture.supplyAsync(() -> queue().receive(1, WAIT.multipliedBy(2)));
    UUID run = run();
    queue().send(List.of(run));
    assertThat(runs(receiving.get(20, TimeUnit.SECONDS))).containsExactly(run);
  }

  @Test
  void hidesWhatWasReceivedUntilItIsNotDeletedInTime() {
    UUID run = run();
    queue().send(List.of(run));
    var first = queue().receive(1, WAIT);
    assertThat(queue().receive(1, Duration.ZERO)).isEmpty();
    letTheVisibilityTimeoutPass();
    var second = queue().receive(1, WAIT);
    assertThat(runs(second)).containsExactly(run);
    assertThat(second.getFirst().received()).isGreaterThan(first.getFirst().received());
    assertThat(second.getFirst().receipt()).isNotEqualTo(first.getFirst().receipt());
  }

  @Test
  void bringsNoMoreWhatWasDeleted() {
    queue().send(List.of(run()));
    queue().delete(queue().receive(1, WAIT));
    letTheVisibilityTimeoutPass();
    assertThat(queue().receive(1, Duration.ZERO)).isEmpty();
    assertThat(queue().depth()).isZero();
  }

  @Test
  void bringsAtOnceWhatWasGivenBack() {
    UUID run = run();
    queue().send(List.of(run));
    queue().giveBack(queue().receive(1, WAIT));
    assertThat(runs(queue().receive(1, Duration.ZERO))).containsExactly(run);
  }

  @Test
  void doesNotMindWhereWhatIsDeletedIsGone() {
    queue().send(List.of(run()));
    var received = queue().receive(1, WAIT);
    queue().delete(received);
    queue().delete(received);
    queue().giveBack(received);
    queue().delete(List.of());
    assertThat(queue().depth()).isZero();
  }

  @Test
  void countsWhatIsThereAlsoWhatWasReceived() {
    queue().send(List.of(run(), run(), run()));
    await().until(() -> queue().depth() == 3);
    assertThat(queue().receive(1, WAIT)).hasSize(1);
    assertThat(queue().depth()).isEqualTo(3);
  }

  @Test
  void bringsWhatIsNoRunAsSuch() {
    for (String text : List.of("not a run", "1-1-1-1-1", "{\"run\": 1}")) {
      put(text);
      var received = queue().receive(1, WAIT);
      assertThat(received).extracting(Message::run).containsExactly(java.util.Optional.empty());
      assertThat(received.toString()).doesNotContain(text);
      queue().delete(received);
    }
  }
}
