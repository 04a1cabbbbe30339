package io.stowage.engine;

import java.time.Duration;

/** What is measured, in the words of the domain. Called from several threads. */
public interface EngineMetrics {
  /** Measures nothing. */
  EngineMetrics NONE =
      new EngineMetrics() {
        @Override
        public void stepEnded(String group, String outcome, Duration took) {}

        @Override
        public void spent(String part, Duration took) {}

        @Override
        public void stepRetried(String group) {}

        @Override
        public void callRepeated() {}

        @Override
        public void stored(String ioManager, long bytes, long rows, Duration took) {}

        @Override
        public void loaded(String ioManager, long bytes, long rows, Duration took) {}
      };

  /**
   * @param outcome {@code succeeded}, {@code failed}, …
   */
  void stepEnded(String group, String outcome, Duration took);

  /**
   * One attempt at a step did a part of it, or failed there.
   *
   * @param part {@code load}, {@code compute}, {@code store}, or {@code commit} of one output,
   *     which is within {@code store}
   */
  void spent(String part, Duration took);

  /** A step failed, and is tried again. */
  void stepRetried(String group);

  /** A call to a store failed for the moment, and is made again by itself. */
  void callRepeated();

  /**
   * @param bytes -1 where not known
   * @param rows -1 where not known
   */
  void stored(String ioManager, long bytes, long rows, Duration took);

  /** As {@link #stored}. A stream is counted as it was stored, though it is read later. */
  void loaded(String ioManager, long bytes, long rows, Duration took);
}
