package io.stowage.testing;

import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.StepContext;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What both recorded contexts have in common. Safe from several threads. */
abstract class RecordedStep implements StepContext {
  private final ContextBuilder.Step step;
  private final RecordingLogger log = new RecordingLogger();
  private final List<String> progress = new CopyOnWriteArrayList<>();
  private volatile boolean canceled;

  RecordedStep(ContextBuilder.Step step) {
    this.step = step;
  }

  /** What the partitions are of, for messages. */
  abstract String subject();

  final ContextBuilder.Step facts() {
    return step;
  }

  /** The lines that were logged, formatted, each behind its level: {@code WARNING no rows}. */
  public List<String> logged() {
    return log.lines();
  }

  /** What was said of the progress, in order: {@code 3/10}, or {@code 3} of an unknown total. */
  public List<String> progressed() {
    return List.copyOf(progress);
  }

  /** From now on a stop is requested. */
  public void cancel() {
    canceled = true;
  }

  @Override
  public String runId() {
    return step.runId();
  }

  @Override
  public String step() {
    return step.step();
  }

  @Override
  public String jobName() {
    return step.jobName();
  }

  @Override
  public Map<String, String> tags() {
    return step.tags();
  }

  @Override
  public int attempt() {
    return step.attempt();
  }

  @Override
  public boolean partitioned() {
    return step.partitioned();
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
    var context = ContextBuilder.partitions(Instant.now(), List.of());
    var windows =
        step.definition().stream()
            .flatMap(
                definition ->
                    partitions().stream().flatMap(key -> definition.window(key, context).stream()))
            .toList();
    if (windows.isEmpty()) {
      throw new StowageException(
          ErrorCode.UNKNOWN_PARTITION, subject() + " has no dimension of time, so no window");
    }
    var first = windows.getFirst();
    Instant start = first.start();
    Instant end = first.end();
    for (TimeWindow window : windows) {
      start = window.start().isBefore(start) ? window.start() : start;
      end = window.end().isAfter(end) ? window.end() : end;
    }
    return new TimeWindow(start, end, first.zone());
  }

  @Override
  public Optional<TimeWindow> window(PartitionKey partition) {
    var context = ContextBuilder.partitions(Instant.now(), List.of(partition.text()));
    return step.definition().flatMap(each -> each.window(partition, context));
  }

  @Override
  public System.Logger log() {
    return log;
  }

  @Override
  public Cancellation cancellation() {
    return () -> canceled;
  }

  @Override
  public void progress(long done, long total) {
    progress.add(total < 0 ? String.valueOf(done) : done + "/" + total);
  }

  /** The text under which the ledger keeps the partition; empty where there is none. */
  final String partitionText() {
    return partitions().isEmpty() ? "" : partition().text();
  }
}
