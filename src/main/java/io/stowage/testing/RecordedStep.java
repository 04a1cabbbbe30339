package io.stowage.testing;

import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.StepContext;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What both recorded contexts have in common. Safe from several threads. */
abstract class RecordedStep implements StepContext {
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

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
    var windows =
        step.definition().stream()
            .flatMap(definition -> windows(definition, partitions()).stream())
            .toList();
    if (windows.isEmpty()) {
      throw new StowageException(
          ErrorCode.UNKNOWN_PARTITION,
          subject()
              + " has not one dimension of time, so no window: ask for partition().dimension(\"…\")");
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

  /** Of keys that were checked already: so nobody asks here whether they are complete. */
  private static List<TimeWindow> windows(
      PartitionsDefinition definition, List<PartitionKey> keys) {
    var context = NamedKeys.of(definition, keys).at(FAR);
    return keys.stream().flatMap(key -> definition.window(key, context).stream()).toList();
  }

  @Override
  public Optional<TimeWindow> window(PartitionKey partition) {
    return step.definition()
        .flatMap(each -> windows(each, List.of(partition)).stream().findFirst());
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
