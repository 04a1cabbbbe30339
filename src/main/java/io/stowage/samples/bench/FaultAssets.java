package io.stowage.samples.bench;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.partition.DailyPartitions;
import java.util.concurrent.TimeUnit;

/** What a fault is put into: work that takes its time, and work that takes its worker along. */
@AssetGroup(value = "faults", ioManager = "lake")
class FaultAssets {
  private static final long STEP_MILLIS = 20;

  /**
   * Works for as long as the run's tag {@code millis} says, half a second by default; stops when it
   * is asked to.
   */
  @Asset
  long steps(AssetContext context) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis(context));
    long steps = 0;
    while (System.nanoTime() < end) {
      context.cancellation().throwIfRequested();
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
      steps++;
    }
    return steps;
  }

  /** Cheap, and many: what a backfill fans out to. */
  @Asset
  @DailyPartitions(start = "2024-01-01", end = "2024-07-01")
  String day(AssetContext context) {
    return context.partition().toString();
  }

  /** Fails as often as the run's tag {@code fails} says, never by default. */
  @Asset(attempts = 3, retryDelay = "PT0.1S")
  int flaky(AssetContext context) {
    if (context.attempt() <= Integer.parseInt(context.tags().getOrDefault("fails", "0"))) {
      throw new IllegalStateException("attempt " + context.attempt() + " fails");
    }
    return context.attempt();
  }

  /** Ends the process at once, as an error of native code does. */
  @Asset
  void crash() {
    Runtime.getRuntime().halt(134);
  }

  private static long millis(AssetContext context) {
    return Long.parseLong(context.tags().getOrDefault("millis", "500"));
  }
}
