package io.stowage.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stowage.engine.EngineMetrics;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The worker's metrics: its session, steps, and what went through the IO managers. */
@Singleton
final class WorkerMetrics implements EngineMetrics {
  private final MeterRegistry registry;
  private final Counter storeRetries;

  @Inject
  WorkerMetrics(MeterRegistry registry) {
    this.registry = registry;
    storeRetries =
        Counter.builder("stowage.store.retries")
            .description("Calls to stores that failed for the moment, and were made again")
            .register(registry);
  }

  /** From now on tells of the worker as well. */
  void watch(Worker worker, int slots) {
    Gauge.builder("stowage.worker.connected", worker, each -> each.connected() ? 1 : 0)
        .description("Whether a session is open and the control plane heard of")
        .strongReference(true)
        .register(registry);
    Gauge.builder("stowage.worker.runs", worker, Worker::busy)
        .description("Runs under way in this worker")
        .strongReference(true)
        .register(registry);
    Gauge.builder("stowage.worker.slots", () -> slots)
        .description("Runs that this worker executes side by side")
        .register(registry);
    FunctionCounter.builder("stowage.worker.sessions", worker, Worker::sessions)
        .description("Sessions that this worker opened; more than one where one was lost")
        .register(registry);
    FunctionCounter.builder("stowage.worker.leases.lost", worker, Worker::lost)
        .description("Runs let go of, since their lease was lost")
        .register(registry);
  }

  @Override
  public void stepEnded(String group, String outcome, Duration took) {
    Timer.builder("stowage.steps")
        .description("Steps executed, by how they ended")
        .tag("group", group)
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
    retries(group); // is told from the first step on, so that the first retry is a rise
  }

  @Override
  public void spent(String part, Duration took) {
    Timer.builder("stowage.step.part")
        .description("Parts of attempts at steps: load, compute, store, and, within that, commit")
        .tag("part", part)
        .register(registry)
        .record(took);
  }

  @Override
  public void stepRetried(String group) {
    retries(group).increment();
  }

  private Counter retries(String group) {
    return Counter.builder("stowage.step.retries")
        .description("Steps that failed, and were tried again within their run")
        .tag("group", group)
        .register(registry);
  }

  @Override
  public void callRepeated() {
    storeRetries.increment();
  }

  @Override
  public void stored(String ioManager, long bytes, long rows, Duration took) {
    moved("store", ioManager, bytes, rows, took);
  }

  @Override
  public void loaded(String ioManager, long bytes, long rows, Duration took) {
    moved("load", ioManager, bytes, rows, took);
  }

  private void moved(String direction, String ioManager, long bytes, long rows, Duration took) {
    Timer.builder("stowage.io")
        .description("Stores and loads through an IO manager")
        .tag("direction", direction)
        .tag("io_manager", ioManager)
        .register(registry)
        .record(took);
    count("stowage.io.bytes", "Bytes stored and loaded", "bytes", direction, ioManager, bytes);
    count("stowage.io.rows", "Rows stored and loaded", "rows", direction, ioManager, rows);
  }

  private void count(
      String name,
      String description,
      String unit,
      String direction,
      String ioManager,
      long amount) {
    Counter.builder(name)
        .description(description)
        .baseUnit(unit)
        .tag("direction", direction)
        .tag("io_manager", ioManager)
        .register(registry)
        .increment((double) Math.max(0, amount));
  }
}
