package io.stowage.engine.value;

import io.stowage.api.AssetKey;
import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.api.UpstreamOutput;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.TimeWindow;
import io.stowage.engine.value.StoredAssets.Declared;
import io.stowage.engine.value.StoredAssets.Wanted;
import io.stowage.engine.value.ValueReading.Manner;
import io.stowage.plan.CronUtilsSchedules;
import java.lang.reflect.Type;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a manager is told of an input that no run has. */
final class ReadingContext implements InputContext {
  private static final System.Logger LOG = System.getLogger("io.stowage.value");

  private final AssetKey asset;
  private final Optional<Declared> declared;
  private final List<Materialization> materializations;
  private final List<PartitionKey> partitions;
  private final Type type;
  private final boolean byPartition;
  private final boolean past;
  private final Manner manner;
  private final Clock clock;
  private final String id = UUID.randomUUID().toString();

  ReadingContext(
      Wanted wanted,
      Optional<Declared> declared,
      List<Materialization> materializations,
      Type type,
      boolean byPartition,
      Manner manner,
      Clock clock) {
    this.asset = wanted.asset();
    this.past = wanted.past();
    this.declared = declared;
    this.materializations = materializations;
    this.partitions =
        materializations.stream()
            .map(Materialization::partition)
            .filter(text -> !text.isEmpty())
            .map(this::key)
            .toList();
    this.type = type;
    this.byPartition = (byPartition || partitions.size() > 1) && !partitions.isEmpty();
    this.manner = manner;
    this.clock = clock;
  }

  private Optional<PartitionsDefinition> definition() {
    return declared.flatMap(Declared::partitions);
  }

  /** What was stored may lie outside of what the definition is now. */
  private PartitionKey key(String text) {
    try {
      return definition()
          .map(definition -> definition.parse(text))
          .orElseGet(() -> PartitionKey.of(text));
    } catch (StowageException left) {
      return PartitionKey.of(text);
    }
  }

  /** An id of this reading: no run has it. */
  @Override
  public String runId() {
    return id;
  }

  @Override
  public String step() {
    return "value of " + asset;
  }

  @Override
  public String jobName() {
    return "value";
  }

  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public boolean partitioned() {
    return !partitions.isEmpty();
  }

  @Override
  public PartitionKey partition() {
    if (partitions.size() == 1) {
      return partitions.getFirst();
    }
    throw new StowageException(
        ErrorCode.UNKNOWN_PARTITION,
        "the value of '"
            + asset
            + (partitions.isEmpty()
                ? "' has no partitions"
                : "' spans " + partitions.size() + " partitions: ask for partitions()"));
  }

  @Override
  public List<PartitionKey> partitions() {
    return partitions;
  }

  /** Definitions are told that the keys are there: they are stored. */
  private PartitionContext partitionContext() {
    var texts = partitions.stream().flatMap(key -> key.components().stream()).toList();
    return new PartitionContext(clock.instant(), _ -> texts).withCrons(new CronUtilsSchedules());
  }

  @Override
  public Optional<TimeWindow> window(PartitionKey partition) {
    try {
      return definition().flatMap(each -> each.window(partition, partitionContext()));
    } catch (StowageException left) {
      return Optional.empty();
    }
  }

  @Override
  public TimeWindow window() {
    var context = partitionContext();
    var windows =
        definition().stream()
            .flatMap(
                definition ->
                    partitions.stream().flatMap(key -> definition.window(key, context).stream()))
            .toList();
    if (windows.isEmpty()) {
      throw new StowageException(
          ErrorCode.UNKNOWN_PARTITION, "the value of '" + asset + "' has no window of time");
    }
    var order = Comparator.<java.time.Instant>naturalOrder();
    return new TimeWindow(
        windows.stream().map(TimeWindow::start).min(order).orElseThrow(),
        windows.stream().map(TimeWindow::end).max(order).orElseThrow(),
        windows.getFirst().zone());
  }

  @Override
  public System.Logger log() {
    return LOG;
  }

  @Override
  public Cancellation cancellation() {
    return () -> false;
  }

  @Override
  public void progress(long done, long total) {}

  @Override
  public AssetKey asset() {
    return asset;
  }

  @Override
  public String inputName() {
    return "value";
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public Map<String, String> options() {
    return manner.options();
  }

  @Override
  public UpstreamOutput upstreamOutput() {
    return declared
        .map(Declared::output)
        .orElseGet(() -> new UpstreamOutput(asset, "result", Map.of(), Map.of(), manner.manager()));
  }

  @Override
  public List<Materialization> materializations() {
    return materializations;
  }

  @Override
  public boolean byPartition() {
    return byPartition;
  }

  @Override
  public boolean allowMissingPartitions() {
    return false;
  }

  @Override
  public boolean ofThePast() {
    return past;
  }

  /** Nothing is recorded of a reading; a label or value that no run could record is refused. */
  @Override
  public void addInputMetadata(String label, Object value) {
    MetadataValue.of(label, value);
  }
}
