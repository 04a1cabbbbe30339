package io.stowage.message;

import io.stowage.fixture.ManualClock;
import io.stowage.fixture.MemoryMessageQueue;
import java.time.Duration;
import java.time.Instant;

/** The fixture keeps the contract. */
class MemoryMessageQueueTest extends MessageQueueContract {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final MemoryMessageQueue queue = new MemoryMessageQueue(clock);

  @Override
  protected MessageQueue queue() {
    return queue;
  }

  @Override
  protected void put(String text) {
    queue.put(text);
  }

  @Override
  protected void letTheVisibilityTimeoutPass() {
    clock.advance(Duration.ofSeconds(30));
  }
}
