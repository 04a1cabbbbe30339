package io.stowage.io.branching;

import io.stowage.api.AssetKey;
import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.api.UpstreamOutput;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.TimeWindow;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An input as it was asked for, but of some of its partitions. */
final class NarrowedInput implements InputContext {
  private final InputContext whole;
  private final List<PartitionKey> partitions;
  private final List<Materialization> materializations;

  NarrowedInput(InputContext whole, List<PartitionKey> partitions) {
    this.whole = whole;
    this.partitions = List.copyOf(partitions);
    var texts = partitions.stream().map(PartitionKey::text).collect(Collectors.toSet());
    this.materializations =
        whole.materializations().stream().filter(each -> texts.contains(each.partition())).toList();
  }

  @Override
  public List<PartitionKey> partitions() {
    return partitions;
  }

  @Override
  public PartitionKey partition() {
    if (partitions.size() == 1) {
      return partitions.getFirst();
    }
    throw new StowageException(
        ErrorCode.UNKNOWN_PARTITION,
        "input '" + inputName() + "' spans " + partitions.size() + " partitions");
  }

  @Override
  public List<Materialization> materializations() {
    return materializations;
  }

  /** Of the whole input. */
  @Override
  public TimeWindow window() {
    return whole.window();
  }

  @Override
  public Optional<TimeWindow> window(PartitionKey partition) {
    return whole.window(partition);
  }

  @Override
  public AssetKey asset() {
    return whole.asset();
  }

  @Override
  public String inputName() {
    return whole.inputName();
  }

  @Override
  public Type type() {
    return whole.type();
  }

  @Override
  public Map<String, String> metadata() {
    return whole.metadata();
  }

  @Override
  public Map<String, String> options() {
    return whole.options();
  }

  @Override
  public UpstreamOutput upstreamOutput() {
    return whole.upstreamOutput();
  }

  /** Also where a single one is left: it is one of several. */
  @Override
  public boolean byPartition() {
    return true;
  }

  @Override
  public boolean allowMissingPartitions() {
    return whole.allowMissingPartitions();
  }

  @Override
  public boolean ofThePast() {
    return whole.ofThePast();
  }

  @Override
  public void addInputMetadata(String label, Object value) {
    whole.addInputMetadata(label, value);
  }

  @Override
  public String runId() {
    return whole.runId();
  }

  @Override
  public String step() {
    return whole.step();
  }

  @Override
  public String jobName() {
    return whole.jobName();
  }

  @Override
  public Map<String, String> tags() {
    return whole.tags();
  }

  @Override
  public int attempt() {
    return whole.attempt();
  }

  @Override
  public boolean partitioned() {
    return whole.partitioned();
  }

  @Override
  public System.Logger log() {
    return whole.log();
  }

  @Override
  public Cancellation cancellation() {
    return whole.cancellation();
  }

  @Override
  public void progress(long done, long total) {
    whole.progress(done, total);
  }
}
