package io.stowage.faults;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What is wrong with the way between two processes; nothing, or one of these. */
sealed interface Condition {
  Condition CLEAR = new Clear();

  record Clear() implements Condition {}

  /** Each packet, there and back, comes so much later. */
  record Latency(Duration delay) implements Condition {}

  record Bandwidth(long bytesPerSecond) implements Condition {}

  /** Open connections are closed, new ones are not accepted for long. */
  record Down() implements Condition {}

  /** Connections stay, and nothing comes through. */
  record BlackHole() implements Condition {}

  /** Whoever says something is answered by a reset. */
  record Reset() implements Condition {}

  /** An answer ends after so many bytes. */
  record Truncated(int bytes) implements Condition {}

  /**
   * What is asked arrives and is done; its answer does not come, and the connection ends.
   *
   * @param asked a part of the request's text
   * @param answered a part of the answer's; any answer where it is empty
   */
  record AnswerLost(String asked, String answered, AtomicInteger left) implements Condition {
    AnswerLost(String asked, String answered, int times) {
      this(asked, answered, new AtomicInteger(times));
    }

    boolean isUsedUp() {
      return left.get() <= 0;
    }

    /** Whether one more answer is lost. */
    boolean take() {
      return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  /** PostgreSQL gets other statements than were sent, see {@link Statements}. */
  record Rewritten(Pattern part, String by, AtomicInteger count) implements Condition {
    Rewritten(Pattern part, String by) {
      this(part, by, new AtomicInteger());
    }
  }
}
