package io.stowage.io.object;

import java.util.function.BiConsumer;

/** The bad rows of one object that is loaded. */
final class LoadedRows extends Quarantine {
  private final BiConsumer<Quarantine, Long> ended;

  /**
   * @param ended told of them, and of the number of all rows, where there are any
   */
  LoadedRows(QuarantineSettings settings, BiConsumer<Quarantine, Long> ended) {
    super(settings);
    this.ended = ended;
  }

  /**
   * At the end of the object.
   *
   * @param good rows that were loaded
   */
  void end(long good) {
    finish(good);
    if (count() > 0) {
      ended.accept(this, good + count());
    }
  }
}
