package io.stowage.io.wrapping;

import io.stowage.api.AssetKey;
import io.stowage.api.Cancellation;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.UpstreamOutput;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.TimeWindow;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An input as another one is; a manager around managers changes what it has to. */
public abstract class ForwardingInput implements InputContext {
  private final InputContext inner;

  protected ForwardingInput(InputContext inner) {
    this.inner = inner;
  }

  @Override
  public List<PartitionKey> partitions() {
    return inner.partitions();
  }

  @Override
  public PartitionKey partition() {
    return inner.partition();
  }

  @Override
  public List<Materialization> materializations() {
    return inner.materializations();
  }

  @Override
  public TimeWindow window() {
    return inner.window();
  }

  @Override
  public Optional<TimeWindow> window(PartitionKey partition) {
    return inner.window(partition);
  }

  @Override
  public AssetKey asset() {
    return inner.asset();
  }

  @Override
  public String inputName() {
    return inner.inputName();
  }

  @Override
  public Type type() {
    return inner.type();
  }

  @Override
  public Map<String, String> metadata() {
    return inner.metadata();
  }

  @Override
  public Map<String, String> options() {
    return inner.options();
  }

  @Override
  public UpstreamOutput upstreamOutput() {
    return inner.upstreamOutput();
  }

  @Override
  public boolean byPartition() {
    return inner.byPartition();
  }

  @Override
  public boolean allowMissingPartitions() {
    return inner.allowMissingPartitions();
  }

  @Override
  public boolean ofThePast() {
    return inner.ofThePast();
  }

  @Override
  public void addInputMetadata(String label, Object value) {
    inner.addInputMetadata(label, value);
  }

  @Override
  public String runId() {
    return inner.runId();
  }

  @Override
  public String step() {
    return inner.step();
  }

  @Override
  public String jobName() {
    return inner.jobName();
  }

  @Override
  public Map<String, String> tags() {
    return inner.tags();
  }

  @Override
  public int attempt() {
    return inner.attempt();
  }

  @Override
  public boolean partitioned() {
    return inner.partitioned();
  }

  @Override
  public System.Logger log() {
    return inner.log();
  }

  @Override
  public Cancellation cancellation() {
    return inner.cancellation();
  }

  @Override
  public void progress(long done, long total) {
    inner.progress(done, total);
  }
}
