package io.stowage.control.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.fixture.ManualClock;
import io.stowage.fixture.MemoryMessageQueue;
import io.stowage.message.MessageQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MissedRunsTest {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final MemoryMessageQueue queue = new MemoryMessageQueue(clock);
  private final MemoryMessageQueue other = new MemoryMessageQueue(clock);
  private final List<UUID> ready = new ArrayList<>();
  private final List<UUID> others = new ArrayList<>();
  private final MissedRuns missed =
      new MissedRuns(
          new MessageQueues(Map.of("a", queue, "b", other)),
          (name, most) -> (name.equals("a") ? ready : others).stream().limit(most).toList(),
          () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));

  private List<UUID> ready(int count) {
    var runs = Stream.generate(UUID::randomUUID).limit(count).toList();
    ready.addAll(runs);
    return runs;
  }

  private static List<String> texts(List<UUID> runs) {
    return runs.stream().map(UUID::toString).toList();
  }

  @Test
  void tellsOfAllWhoseMessagesAreGone() {
    var runs = ready(40);
    missed.tell();
    assertThat(queue.texts()).containsExactlyElementsOf(texts(runs));
  }

  @Test
  void tellsOfNothingTwiceInARow() {
    ready(40);
    missed.tell();
    missed.tell();
    clock.advance(Duration.ofMinutes(4));
    missed.tell();
    assertThat(queue.texts()).hasSize(40);
  }

  @Test
  void tellsOfThemAgainWhereThoseMessagesAreGoneToo() {
    var runs = ready(40);
    missed.tell();
    queue.lose();
    clock.advance(Duration.ofMinutes(6));
    missed.tell();
    assertThat(queue.texts()).containsExactlyElementsOf(texts(runs));
  }

  @Test
  void tellsOfNoMoreThanAFewWhileMessagesAreThere() {
    ready(1_000).forEach(run -> queue.put(run.toString()));
    for (int i = 0; i < 5; i++) {
      missed.tell();
      clock.advance(Duration.ofSeconds(30));
    }
    assertThat(queue.texts()).hasSize(1_010);
  }

  @Test
  void tellsOfAFewAlsoWhereTheQueueIsFullOfSomethingElse() {
    for (int i = 0; i < 100; i++) {
      queue.put("hello");
    }
    var runs = ready(3);
    missed.tell();
    assertThat(queue.texts()).containsAll(texts(runs)).hasSize(103);
  }

  @Test
  void goesOnWithTheOthersWhereAQueueDoesNotAnswer() {
    queue.fail(true);
    var runs = ready(2);
    others.add(UUID.randomUUID());
    missed.tell();
    assertThat(other.texts()).containsExactlyElementsOf(texts(others));
    queue.fail(false);
    missed.tell();
    assertThat(queue.texts()).containsExactlyElementsOf(texts(runs));
  }

  @Test
  void asksNothingOfAQueueWithoutRunsThatWait() {
    queue.fail(true);
    other.fail(true);
    missed.tell();
    assertThat(queue.texts()).isEmpty();
  }
}
