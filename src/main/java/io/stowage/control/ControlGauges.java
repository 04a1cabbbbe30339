package io.stowage.control;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.stowage.control.database.DatabaseState;
import io.stowage.control.queue.Housekeeping;
import io.stowage.control.queue.QueueStatistics;
import io.stowage.control.queue.RunQueue;
import io.stowage.protocol.QueueStats;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The control plane's state as it is now. What stands in the database is read every few seconds, by
 * each server: who scrapes one of them sees the same as who scrapes another.
 */
@Singleton
final class ControlGauges {
  private final QueueStatistics statistics;
  private final DatabaseState state;
  private final Clock clock = Clock.systemUTC();
  private final MultiGauge depth;
  private final MultiGauge oldest;
  private final MultiGauge running;
  private final MultiGauge paused;
  private final MultiGauge draining;
  private final MultiGauge sessions;
  private final MultiGauge slots;
  private final MultiGauge dead;
  private final MultiGauge backfills;
  private volatile double oldestTransaction;

  @Inject
  ControlGauges(
      MeterRegistry registry, RunQueue queue, QueueStatistics statistics, DatabaseState state) {
    this.statistics = statistics;
    this.state = state;
    depth = gauge(registry, "queue.depth", "Runs that wait");
    running = gauge(registry, "queue.running", "Runs under way, each by a lease");
    paused = gauge(registry, "queue.paused", "Whether the queue hands out no runs");
    draining = gauge(registry, "queue.draining", "Whether the queue takes no runs");
    sessions = gauge(registry, "sessions", "Workers that are heard of");
    slots = gauge(registry, "slots", "Runs that those workers execute side by side");
    dead = gauge(registry, "queue.dead", "Dead runs that nobody redrove; counted up to 10,000");
    backfills = gauge(registry, "backfills", "Backfills that have not ended");
    oldest =
        MultiGauge.builder("stowage.queue.oldest.age")
            .description("How long the oldest ready run has waited")
            .baseUnit("seconds")
            .register(registry);
    Gauge.builder("stowage.database.oldest.transaction", () -> oldestTransaction)
        .description("Age of the oldest open transaction, which keeps vacuum from its work")
        .baseUnit("seconds")
        .register(registry);
    server(registry, queue);
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder("stowage." + name).description(description).register(registry);
  }

  /** What is each server's own. */
  private void server(MeterRegistry registry, RunQueue queue) {
    Gauge.builder("stowage.claims.waiting", () -> queue.claims().waiting())
        .description("Claims that wait at this server for a run")
        .register(registry);
    Gauge.builder("stowage.leader", () -> bit(queue.leader().led()))
        .description("Whether this server keeps the house")
        .register(registry);
    Gauge.builder("stowage.listener.connected", () -> bit(queue.bulletin().listening()))
        .description("Whether this server hears of runs that others took")
        .register(registry);
    Gauge.builder("stowage.reaper.suspended", () -> bit(queue.housekeeping().suspended()))
        .description("Whether this server's reaper takes nobody for lost, for want of a good cycle")
        .register(registry);
    Gauge.builder("stowage.reaper.last.success.timestamp", () -> lastSuccess(queue.housekeeping()))
        .description("When this server's reaper last did all of its work; NaN where it never did")
        .baseUnit("seconds")
        .register(registry);
  }

  private double lastSuccess(Housekeeping reaper) {
    return reaper
        .sinceLastGood()
        .map(ago -> clock.instant().minus(ago).toEpochMilli() / 1e3)
        .orElse(Double.NaN);
  }

  private static int bit(boolean is) {
    return is ? 1 : 0;
  }

  /** Reads the queues. */
  void measureQueues() {
    var stats = statistics.all();
    depth.register(
        stats.stream()
            .flatMap(
                each ->
                    Stream.of(
                        waiting(each, "scheduled", each.scheduled()),
                        waiting(each, "blocked", each.blocked()),
                        waiting(each, "queued", each.queued())))
            .toList(),
        true);
    show(oldest, stats, QueueStats::oldestSeconds);
    show(running, stats, QueueStats::running);
    show(paused, stats, each -> bit(each.paused()));
    show(draining, stats, each -> bit(each.draining()));
    show(sessions, stats, QueueStats::sessions);
    show(slots, stats, QueueStats::slots);
    oldestTransaction = toSeconds(state.oldestTransaction());
  }

  /** Reads what is dearer to count, and changes slowly. */
  void measureRest() {
    dead.register(rows("queue", state.dead()), true);
    backfills.register(rows("state", state.backfills()), true);
  }

  private static double toSeconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static List<Row<?>> rows(String tag, Map<String, Long> counts) {
    return counts.entrySet().stream()
        .<Row<?>>map(each -> Row.of(Tags.of(tag, each.getKey()), each.getValue()))
        .toList();
  }

  private static Row<?> waiting(QueueStats stats, String state, long runs) {
    return Row.of(Tags.of("queue", stats.queue(), "state", state), runs);
  }

  private static void show(
      MultiGauge gauge, List<QueueStats> stats, ToDoubleFunction<QueueStats> value) {
    gauge.register(
        stats.stream().map(each -> Row.of(Tags.of("queue", each.queue()), each, value)).toList(),
        true);
  }
}
