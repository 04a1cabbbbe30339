package io.stowage.io.branching;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.io.wrapping.ForwardingInput;
import java.util.List;
import java.util.stream.Collectors;

/** An input as it was asked for, but of some of its partitions. */
final class NarrowedInput extends ForwardingInput {
  private final List<PartitionKey> partitions;
  private final List<Materialization> materializations;
  private final SegmentLabels.Part labels;

  /**
   * @param labels where the metadata of this part goes
   */
  NarrowedInput(InputContext whole, List<PartitionKey> partitions, SegmentLabels.Part labels) {
    super(whole);
    this.labels = labels;
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

  /** Also where a single one is left: it is one of several. */
  @Override
  public boolean byPartition() {
    return true;
  }

  @Override
  public void addInputMetadata(String label, Object value) {
    labels.add(label, value);
  }
}
