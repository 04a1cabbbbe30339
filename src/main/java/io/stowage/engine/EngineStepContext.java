package io.stowage.engine;

import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.StepContext;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.TimeWindow;
import io.stowage.plan.PlannedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What all three contexts of a step have in common. */
abstract class EngineStepContext implements StepContext {
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

  private final RunExecution run;
  private final PlannedStep step;
  private final int attempt;
  // Made on first use: looking a logger up costs more than the rest of a small step.
  private volatile System.@Nullable Logger log;
  private final AtomicReference<Instant> nextProgress = new AtomicReference<>(Instant.MIN);

  EngineStepContext(RunExecution run, PlannedStep step, int attempt) {
    this.run = run;
    this.step = step;
    this.attempt = attempt;
  }

  /** The definition that the partitions belong to. */
  abstract Optional<PartitionsDefinition> definition();

  /** What the partitions are of, for messages. */
  abstract String subject();

  @Override
  public String runId() {
    return run.plan().request().runId();
  }

  @Override
  public String step() {
    return step.name();
  }

  @Override
  public String jobName() {
    return run.plan().request().jobName();
  }

  @Override
  public Map<String, String> tags() {
    return run.plan().request().tags();
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public boolean partitioned() {
    return definition().isPresent();
  }

  @Override
  public List<PartitionKey> partitions() {
    return step.partitions();
  }

  @Override
  public PartitionKey partition() {
    var keys = partitions();
    if (keys.size() == 1) {
      return keys.getFirst();
    }
    throw new StowageException(
        ErrorCode.UNKNOWN_PARTITION,
        subject()
            + (keys.isEmpty()
                ? " has no partitions"
                : " spans " + keys.size() + " partitions: ask for partitions()"));
  }

  @Override
  public TimeWindow window() {
    var definition = definition();
    var keys = partitions();
    if (definition.isEmpty() || keys.isEmpty()) {
      throw new StowageException(
          ErrorCode.UNKNOWN_PARTITION, subject() + " has no partitions, so no window of time");
    }
    var windows =
        keys.stream()
            .flatMap(key -> definition.get().window(key, run.partitions()).stream())
            .distinct()
            .sorted(java.util.Comparator.comparing(TimeWindow::start))
            .toList();
    if (windows.isEmpty()) {
      throw new StowageException(
          ErrorCode.UNKNOWN_PARTITION,
          subject()
              + " has not one dimension of time, so no window: ask for partition().dimension(\"…\")");
    }
    for (int i = 1; i < windows.size(); i++) {
      if (!windows.get(i).start().equals(windows.get(i - 1).end())) {
        throw new StowageException(
            ErrorCode.UNKNOWN_PARTITION,
            subject()
                + " spans partitions with a gap between "
                + windows.get(i - 1)
                + " and "
                + windows.get(i)
                + ", so no window: ask for partitions()");
      }
    }
    var first = windows.getFirst();
    return new TimeWindow(first.start(), windows.getLast().end(), first.zone());
  }

  @Override
  public Optional<TimeWindow> window(PartitionKey partition) {
    return definition().flatMap(each -> each.window(partition, run.partitions()));
  }

  @Override
  public System.Logger log() {
    System.Logger present = log;
    if (present == null) {
      present = new StepLogger(run, step);
      log = present;
    }
    return present;
  }

  @Override
  public Cancellation cancellation() {
    return run.cancellation();
  }

  /** What the progress is of, before its numbers; the step itself where it is empty. */
  String progressOf() {
    return "";
  }

  /** At most one event in a second, and the last. */
  @Override
  public void progress(long done, long total) {
    Instant now = run.clock().instant();
    Instant next = nextProgress.get();
    if (done == total
        || (!now.isBefore(next) && nextProgress.compareAndSet(next, now.plus(PROGRESS_EVERY)))) {
      String message = total < 0 ? done + " so far" : done + " of " + total;
      run.event("progress", step, progressOf() + message, Map.of("done", done, "total", total));
    }
  }

  @Override
  public Optional<String> leaseId() {
    return Optional.ofNullable(run.scope().leaseId());
  }

  @Override
  public long fence() {
    return run.scope().fence();
  }

  /** The type of a declaration, with the classes that its catalog keeps. */
  final java.lang.reflect.Type resolve(io.stowage.catalog.DeclaredType type) {
    return DeclaredTypes.resolve(type, run.scope().functions()::type);
  }
}
