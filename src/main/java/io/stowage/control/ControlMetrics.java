package io.stowage.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.stowage.control.queue.QueueMetrics;
import io.stowage.protocol.QueueStats;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The control plane's metrics: what becomes of runs, and what waits. */
@Singleton
final class ControlMetrics implements QueueMetrics {
  private final MeterRegistry registry;
  private final Timer claims;
  private final Counter submitted;
  private final Counter stale;
  private final Counter lost;
  private final MultiGauge depth;
  private final MultiGauge oldest;
  private final MultiGauge running;
  private final MultiGauge sessions;

  @Inject
  ControlMetrics(MeterRegistry registry) {
    this.registry = registry;
    claims =
        Timer.builder("stowage.claim")
            .description("From when a run was ready until a worker claimed it")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(5))
            .register(registry);
    submitted =
        Counter.builder("stowage.runs.submitted")
            .description("Runs taken into the queue")
            .register(registry);
    stale =
        Counter.builder("stowage.leases.stale")
            .description("Commits and completions refused, since their lease was held no more")
            .register(registry);
    lost =
        Counter.builder("stowage.leases.lost")
            .description("Leases revoked from workers that fell silent")
            .register(registry);
    depth =
        MultiGauge.builder("stowage.queue.depth").description("Runs that wait").register(registry);
    oldest =
        MultiGauge.builder("stowage.queue.oldest.age")
            .description("How long the oldest ready run has waited")
            .baseUnit("seconds")
            .register(registry);
    running =
        MultiGauge.builder("stowage.queue.running")
            .description("Runs under way")
            .register(registry);
    sessions =
        MultiGauge.builder("stowage.sessions")
            .description("Workers that are heard of")
            .register(registry);
  }

  @Override
  public void claimed(Duration waited) {
    claims.record(waited);
  }

  @Override
  public void ended(String outcome) {
    Counter.builder("stowage.runs.finished")
        .description("Runs that ended, or go to another attempt")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  @Override
  public void submitted() {
    submitted.increment();
  }

  @Override
  public void committed(boolean superseded) {
    Counter.builder("stowage.materializations")
        .description("Outputs committed")
        .tag("superseded", String.valueOf(superseded))
        .register(registry)
        .increment();
  }

  @Override
  public void lost(int leases) {
    lost.increment(leases);
  }

  @Override
  public void stale() {
    stale.increment();
  }

  void queues(List<QueueStats> stats) {
    show(depth, stats, QueueStats::depth);
    show(oldest, stats, QueueStats::oldestSeconds);
    show(running, stats, QueueStats::running);
    show(sessions, stats, QueueStats::sessions);
  }

  private static void show(
      MultiGauge gauge, List<QueueStats> stats, ToDoubleFunction<QueueStats> value) {
    gauge.register(
        stats.stream()
            .map(each -> MultiGauge.Row.of(Tags.of("queue", each.queue()), each, value))
            .toList(),
        true);
  }
}
