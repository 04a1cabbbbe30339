package io.stowage.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stowage.engine.EngineMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The worker's metrics: steps, and what went through the IO managers. */
@Singleton
final class WorkerMetrics implements EngineMetrics {
  private final MeterRegistry registry;

  @Inject
  WorkerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void stepEnded(String group, String outcome, Duration took) {
    Timer.builder("stowage.steps")
        .description("Steps executed, by how they ended")
        .tag("group", group)
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
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
