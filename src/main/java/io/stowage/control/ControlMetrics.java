package io.stowage.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stowage.api.ErrorKind;
import io.stowage.control.backfill.Nudge;
import io.stowage.control.queue.QueueMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's counts and times: what becomes of runs, and how long calls take. Whatever an
 * alert looks at is there from the start, at zero: what appears with its first count has not risen.
 */
@Singleton
final class ControlMetrics implements QueueMetrics {
  private static final String NO_ERROR = "none";
  private static final List<String> KINDS =
      Stream.of(ErrorKind.values()).map(ErrorKind::word).toList();
  private static final Duration[] CALLS = {
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final Nudge backfills;
  private final Timer claims;
  private final Counter submitted;
  private final Counter lost;
  private final Function<String, Counter> finished;
  private final Function<Attempt, Counter> attempts;
  private final Function<Boolean, Counter> committed;
  private final Function<String, Counter> messages;
  private final Function<String, Counter> staleCalls;
  private final Function<String, Timer> calls;
  private final Function<String, DistributionSummary> groups;
  private final Function<String, Timer> statements;

  private record Attempt(String outcome, String kind) {}

  @Inject
  ControlMetrics(MeterRegistry registry, Nudge backfills) {
    this.backfills = backfills;
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
    lost =
        Counter.builder("stowage.leases.lost")
            .description("Leases revoked from workers that fell silent")
            .register(registry);
    finished =
        remembered(
            outcome ->
                Counter.builder("stowage.runs.finished")
                    .description("Runs that ended, or go to another attempt (scheduled)")
                    .tag("outcome", outcome)
                    .register(registry));
    attempts =
        remembered(
            attempt ->
                Counter.builder("stowage.attempts")
                    .description("Leases that ended, by how, and by the kind of their error")
                    .tag("outcome", attempt.outcome())
                    .tag("kind", attempt.kind())
                    .register(registry));
    committed =
        remembered(
            superseded ->
                Counter.builder("stowage.materializations")
                    .description("Outputs committed")
                    .tag("superseded", String.valueOf(superseded))
                    .register(registry));
    messages =
        remembered(
            outcome ->
                Counter.builder("stowage.messages")
                    .description(
                        "Runs whose queue outside was told that they are ready, or was not")
                    .tag("outcome", outcome)
                    .register(registry));
    staleCalls =
        remembered(
            call ->
                Counter.builder("stowage.leases.stale")
                    .description("Calls refused, since their lease was held no more")
                    .tag("call", call)
                    .register(registry));
    calls =
        remembered(
            call ->
                Timer.builder("stowage.call")
                    .description("Calls of workers and submitters, without the wait of a long poll")
                    .serviceLevelObjectives(CALLS)
                    .tag("call", call)
                    .register(registry));
    groups =
        remembered(
            statement ->
                DistributionSummary.builder("stowage.statement.calls")
                    .description("Calls of several workers that one statement answered")
                    .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128)
                    .tag("statement", statement)
                    .register(registry));
    statements =
        remembered(
            statement ->
                Timer.builder("stowage.statement")
                    .description("Statements that answer calls of several workers")
                    .tag("statement", statement)
                    .register(registry));
    Stream.of("commit", "complete", "events").map(staleCalls).forEach(ControlMetrics::begin);
    Stream.of("sent", "failed", "dropped").map(messages).forEach(ControlMetrics::begin);
    Stream.of("succeeded", "failed", "dead", "canceled", "expired", "scheduled")
        .map(finished)
        .forEach(ControlMetrics::begin);
  }

  /** To look for a meter in the registry takes longer than to count. */
  private static <K, M> Function<K, M> remembered(Function<K, M> registered) {
    var known = new ConcurrentHashMap<K, M>();
    return key -> known.computeIfAbsent(key, registered);
  }

  private static void begin(Counter counter) {
    counter.increment(0);
  }

  @Override
  public void claimed(Duration waited) {
    claims.record(waited);
  }

  /** The end may be what a backfill waits for, which then goes on from here at once. */
  @Override
  public void ended(String outcome) {
    finished.apply(outcome).increment();
    backfills.nudge();
  }

  @Override
  public void attempted(String outcome, @Nullable String kind) {
    String known = kind == null ? NO_ERROR : KINDS.contains(kind) ? kind : "unknown";
    attempts.apply(new Attempt(outcome, known)).increment();
  }

  @Override
  public void submitted() {
    submitted.increment();
  }

  @Override
  public void committed(boolean superseded) {
    committed.apply(superseded).increment();
  }

  @Override
  public void lost(int leases) {
    lost.increment(leases);
  }

  @Override
  public void told(String outcome, int runs) {
    messages.apply(outcome).increment(runs);
  }

  @Override
  public void stale(String call) {
    staleCalls.apply(call).increment();
  }

  @Override
  public void answered(String call, Duration took) {
    calls.apply(call).record(took);
  }

  @Override
  public void grouped(String statement, int calls, Duration took) {
    groups.apply(statement).record(calls);
    statements.apply(statement).record(took);
  }
}
