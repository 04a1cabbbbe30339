package io.stowage.io.branching;

import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.SchemaDifference;
import io.stowage.api.SchemaGuard;
import io.stowage.api.Sweepable;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionKey;
import io.stowage.io.object.InputShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores in the branch, and loads from it what it has stored; the rest comes from the parent.
 *
 * <p>Which of the two, the ledger says: each output is committed with the label {@code
 * branch.<key>}, by the branch's key, and a current materialization that bears it lies in the
 * branch. Where the parent was materialized since, the parent's is current, and is read. Several
 * partitions may lie partly here, partly there: they stay in their order, each with its own key.
 */
final class BranchingIoManager implements IoManager, SchemaGuard {
  private final String label;
  private final String key;
  private final IoManager branch;
  private final InputManager parent;

  BranchingIoManager(String key, IoManager branch, InputManager parent) {
    this.label = "branch." + key;
    this.key = key;
    this.branch = branch;
    this.parent = parent;
  }

  @Override
  public void handleOutput(OutputContext context, @Nullable Object value) throws Exception {
    branch.handleOutput(context, value);
    context.addOutputMetadata(label, key);
  }

  /** What the parent stored is never removed by way of the branch. */
  @Override
  public Optional<Sweepable> sweepable() {
    return branch.sweepable();
  }

  @Override
  public @Nullable Object loadInput(InputContext context) throws Exception {
    Set<String> branched = new HashSet<>();
    context.materializations().stream()
        .filter(this::isBranched)
        .map(Materialization::partition)
        .forEach(branched::add);
    if (branched.isEmpty()) {
      return parent.loadInput(context);
    }
    if (!context.partitioned()
        || context.partitions().stream()
            .allMatch(partition -> branched.contains(partition.text()))) {
      return branch.loadInput(context);
    }
    return mixed(context, partition -> branched.contains(partition.text()));
  }

  /** By the one that stored it, which alone can open it. */
  @Override
  public SchemaDifference difference(OutputContext context, Materialization last) throws Exception {
    return (isBranched(last) ? branch : parent) instanceof SchemaGuard guard
        ? guard.difference(context, last)
        : SchemaDifference.NONE;
  }

  private boolean isBranched(Materialization made) {
    return new MetadataValue.Text(key).equals(made.metadata().get(label));
  }

  private @Nullable Object mixed(InputContext context, Predicate<PartitionKey> branched)
      throws Exception {
    var labels = new SegmentLabels(context);
    return switch (InputShape.of(context)) {
      case InputShape.Chained _ -> ChainedSegments.of(segments(context, branched, labels));
      case InputShape.Concatenated _ -> concatenated(segments(context, branched, labels));
      case InputShape.ByPartition _ -> byPartition(context, branched, labels);
      case InputShape.Single _ -> parent.loadInput(context); // one partition is never mixed
    };
  }

  /** Neighbours that lie on the same side are loaded together. */
  private List<Segment> segments(
      InputContext context, Predicate<PartitionKey> branched, SegmentLabels labels) {
    var segments = new ArrayList<Segment>();
    var together = new ArrayList<PartitionKey>();
    boolean inBranch = false;
    for (PartitionKey partition : context.partitions()) {
      if (branched.test(partition) != inBranch && !together.isEmpty()) {
        segments.add(segment(context, inBranch, together, labels));
        together.clear();
      }
      inBranch = branched.test(partition);
      together.add(partition);
    }
    segments.add(segment(context, inBranch, together, labels));
    return segments;
  }

  private Segment segment(
      InputContext context, boolean inBranch, List<PartitionKey> partitions, SegmentLabels labels) {
    return new Segment(
        inBranch ? branch : parent, new NarrowedInput(context, partitions, labels.new Part()));
  }

  private static List<@Nullable Object> concatenated(List<Segment> segments) throws Exception {
    var rows = new ArrayList<@Nullable Object>();
    for (Segment segment : segments) {
      if (segment.load() instanceof Iterable<?> some) {
        some.forEach(rows::add);
      }
    }
    return rows;
  }

  private Map<String, @Nullable Object> byPartition(
      InputContext context, Predicate<PartitionKey> branched, SegmentLabels labels)
      throws Exception {
    var loaded = new LinkedHashMap<String, @Nullable Object>();
    for (boolean inBranch : new boolean[] {true, false}) {
      var side =
          context.partitions().stream().filter(key -> branched.test(key) == inBranch).toList();
      if (segment(context, inBranch, side, labels).load() instanceof Map<?, ?> some) {
        some.forEach((partition, value) -> loaded.put(String.valueOf(partition), value));
      }
    }
    var ordered = new LinkedHashMap<String, @Nullable Object>();
    context.partitions().stream()
        .map(PartitionKey::text)
        .filter(loaded::containsKey)
        .forEach(partition -> ordered.put(partition, loaded.get(partition)));
    return ordered;
  }

  @Override
  public boolean loadsRows() {
    return branch.loadsRows() && parent.loadsRows();
  }

  /** Partitions of one input that one of the two loads. */
  record Segment(InputManager manager, InputContext context) {
    @Nullable Object load() throws Exception {
      return manager.loadInput(context);
    }

    Stream<?> rows() throws Exception {
      return load() instanceof Stream<?> rows ? rows : Stream.empty();
    }
  }
}
