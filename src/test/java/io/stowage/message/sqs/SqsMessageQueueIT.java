package io.stowage.message.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.fixture.SqsEndpoint;
import io.stowage.message.MessageQueue;
import io.stowage.message.MessageQueueContract;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against ElasticMQ. */
class SqsMessageQueueIT extends MessageQueueContract {
  private static final Duration HIDDEN = Duration.ofSeconds(1);
  private static SqsEndpoint sqs;

  private final String name = "runs-" + UUID.randomUUID();
  private MessageQueue queue;
  private MessageQueue hourglass;

  @BeforeAll
  static void startService() {
    sqs = SqsEndpoint.start();
  }

  @AfterAll
  static void endService() {
    sqs.close();
  }

  @BeforeEach
  void createQueues() {
    queue = sqs.queue(name, HIDDEN);
    hourglass = sqs.queue("hourglass-" + UUID.randomUUID(), HIDDEN);
  }

  @AfterEach
  void closeQueues() {
    queue.close();
    hourglass.close();
  }

  @Override
  protected MessageQueue queue() {
    return queue;
  }

  @Override
  protected void put(String text) {
    sqs.put(name, text);
  }

  /** Another message, received later, is seen again. */
  @Override
  protected void letTheVisibilityTimeoutPass() {
    hourglass.send(List.of(UUID.randomUUID()));
    assertThat(hourglass.receive(1, Duration.ofSeconds(5))).hasSize(1);
    var again = hourglass.receive(1, Duration.ofSeconds(20));
    assertThat(again).hasSize(1);
    hourglass.delete(again);
  }

  @Test
  void findsAQueueByItsName() {
    try (var byName = sqs.open("default", "sqs://" + name, HIDDEN)) {
      UUID run = UUID.randomUUID();
      queue.send(List.of(run));
      assertThat(byName.receive(1, Duration.ofSeconds(5)))
          .extracting(each -> each.run().orElseThrow())
          .containsExactly(run);
    }
  }

  @Test
  void saysThatThereIsNoSuchQueue() {
    for (String address : List.of(sqs.url("nowhere"), "sqs://nowhere")) {
      try (var none = sqs.open("default", address, HIDDEN)) {
        assertThatThrownBy(() -> none.receive(1, Duration.ZERO))
            .isInstanceOfSatisfying(
                StowageException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
            .hasMessageContaining("'" + address + "'")
            .hasMessageContaining("there is no such queue");
      }
    }
  }

  @Test
  void saysThatTheServiceDoesNotAnswer() {
    try (var none = SqsEndpoint.at(1, "runs", HIDDEN)) {
      assertThatThrownBy(() -> none.depth())
          .isInstanceOfSatisfying(
              StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
          .hasMessageNotContaining(SqsEndpoint.SECRET_KEY);
    }
  }

  @Test
  void leavesAWaitWhenItsThreadIsInterrupted() throws Exception {
    var failure = new java.util.concurrent.CompletableFuture<Throwable>();
    Thread receiving =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    queue.receive(1, Duration.ofSeconds(20));
                    failure.complete(new AssertionError("it waited to the end"));
                  } catch (StowageException e) {
                    failure.complete(e);
                  }
                });
    receiving.interrupt();
    assertThat(failure.get(10, java.util.concurrent.TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
  }
}
