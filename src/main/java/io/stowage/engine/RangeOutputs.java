package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.MaterializeResult;
import io.stowage.api.Output;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionKey;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.plan.PlannedInput;
import io.stowage.plan.PlannedStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what a method returned over a range of partitions: each partition's value is handed
 * to the IO manager for itself, as that of a step of this partition alone, and committed before the
 * next one. So what was committed before a failure stands, and another attempt has only the rest.
 */
final class RangeOutputs {
  private static final int MOST_NAMED = 5;

  private final RunExecution run;
  private final PlannedStep step;
  private final EngineAssetContext author;
  private final Map<String, Map<String, List<LoadedInput>>> read;
  private final Map<String, PartitionKey> left = new LinkedHashMap<>();
  private final Set<String> planned;
  private boolean superseded;

  /**
   * @param step over the partitions that are left
   * @param read what the step had loaded
   */
  RangeOutputs(
      RunExecution run, PlannedStep step, EngineAssetContext author, List<LoadedInput> read) {
    this.run = run;
    this.step = step;
    this.author = author;
    this.read =
        read.stream()
            .collect(
                Collectors.groupingBy(
                    each -> place(each.input(), each.asset()),
                    Collectors.groupingBy(LoadedInput::partition)));
    this.planned = Set.copyOf(run.plan().steps().get(step.place()).partitionTexts());
    step.partitions().forEach(key -> left.put(key.text(), key));
  }

  /** Whether a newer run's materialization stands for any of the partitions. */
  boolean superseded() {
    return superseded;
  }

  void store(@Nullable Object returned, Closing opened) throws StepFailure {
    var outputs = step.spec().outputs();
    if (!step.spec().declaration().isMulti()) {
      store(outputs.getFirst(), returned, Map.of(), opened);
      return;
    }
    Map<String, MetadataValue> common =
        returned instanceof Output<?> output ? output.metadata() : Map.of();
    var components =
        new StepOutputs(run, step, author, List.of())
            .components(returned instanceof Output<?> output ? output.value() : returned);
    components.values().forEach(opened::add);
    for (OutputDeclaration output : step.spec().declaration().emissionOrder()) {
      store(output, components.get(output.name()), common, opened);
    }
  }

  private void store(
      OutputDeclaration output,
      @Nullable Object returned,
      Map<String, MetadataValue> common,
      Closing opened)
      throws StepFailure {
    var metadata = new HashMap<>(common);
    @Nullable Object value = returned;
    if (returned instanceof Output<?> wrapped) {
      metadata.putAll(wrapped.metadata());
      value = wrapped.value();
    }
    switch (value) {
      case Map<?, ?> values -> byPartition(output, values, metadata, opened);
      case Stream<?> rows -> rows(output, rows, metadata);
      case MaterializeResult result -> each(output, result, metadata);
      case null, default -> {
        if (output.stored()) {
          throw failure(
              output,
              ErrorCode.TYPE_MISMATCH,
              "a range of partitions is returned as a map by partition key or a stream of Partitioned rows, not as "
                  + (value == null ? "null" : "a " + value.getClass().getTypeName()));
        }
        each(output, null, metadata);
      }
    }
  }

  /** The same for every partition. */
  private void each(
      OutputDeclaration output, @Nullable Object value, Map<String, MetadataValue> metadata)
      throws StepFailure {
    for (PartitionKey key : left.values()) {
      store(output, key, value, metadata);
    }
  }

  private void byPartition(
      OutputDeclaration output,
      Map<?, ?> values,
      Map<String, MetadataValue> metadata,
      Closing opened)
      throws StepFailure {
    values.values().forEach(opened::add); // all of them before the first is stored, which may fail
    var unknown = values.keySet().stream().map(String::valueOf).filter(key -> !isPlanned(key));
    refuseUnknown(output, unknown.sorted().toList());
    var missing = new ArrayList<String>();
    for (PartitionKey key : left.values()) {
      if (values.containsKey(key.text())) {
        store(output, key, values.get(key.text()), metadata);
      } else if (output.optional()) {
        store(output, key, Optional.empty(), metadata);
      } else {
        missing.add(key.text());
      }
    }
    refuseMissing(output, missing);
  }

  private void rows(OutputDeclaration output, Stream<?> stream, Map<String, MetadataValue> metadata)
      throws StepFailure {
    var missing = new LinkedHashSet<>(left.keySet());
    try (var pushed = new PushedRows(stream)) {
      var rows = new PartitionedRows(pushed);
      for (var next = rows.partition(); next.isPresent(); next = rows.partition()) {
        String partition = next.get();
        refuseUnknown(output, isPlanned(partition) ? List.of() : List.of(partition));
        PartitionKey key = left.get(partition);
        if (key != null && !missing.remove(partition)) {
          throw failure(
                  output,
                  ErrorCode.ASSET_FAILED,
                  "the rows of partition '"
                      + partition
                      + "' do not follow one another: others stand between them, and it is stored without those that came late; order the rows by partition, and materialize it again")
              .lasting();
        }
        if (key != null) {
          store(output, key, rows.of(partition), metadata);
        }
        rows.pass(partition);
      }
    } catch (RuntimeException e) {
      throw new StepFailure(phase(output), e);
    }
    refuseMissing(output, missing);
  }

  private boolean isPlanned(String partition) {
    return planned.contains(partition);
  }

  private void store(
      OutputDeclaration output,
      PartitionKey key,
      @Nullable Object value,
      Map<String, MetadataValue> metadata)
      throws StepFailure {
    PlannedStep one = run.plan().narrowed(step, List.of(key));
    if (run.progress().isCommitted(one, output.name())) {
      return;
    }
    var outputs = new StepOutputs(run, one, author, readFor(one));
    outputs.store(output, value, metadata);
    superseded |= outputs.superseded();
  }

  /** Several inputs have one name where they are gathered into one parameter. */
  private static String place(String input, AssetKey asset) {
    return input + " " + asset;
  }

  /** What was read for this partition: of an input by partition those that it is mapped to. */
  private List<LoadedInput> readFor(PlannedStep one) {
    var loaded = new ArrayList<LoadedInput>();
    for (PlannedInput input : one.inputs()) {
      var byPartition =
          read.getOrDefault(
              place(input.wired().declaration().name(), input.wired().asset()), Map.of());
      if (input.partitioned()) {
        input
            .partitions()
            .forEach(key -> loaded.addAll(byPartition.getOrDefault(key.text(), List.of())));
      } else if (input.wired().external() && byPartition.containsKey(one.partitionText())) {
        loaded.addAll(byPartition.get(one.partitionText()));
      } else {
        byPartition.values().forEach(loaded::addAll);
      }
    }
    return loaded;
  }

  private void refuseUnknown(OutputDeclaration output, List<String> partitions) throws StepFailure {
    if (!partitions.isEmpty()) {
      throw failure(
          output,
          ErrorCode.ASSET_FAILED,
          "partition "
              + named(partitions)
              + " of '"
              + output.asset()
              + "' was returned, but not asked for: return those of context.partitions()");
    }
  }

  private void refuseMissing(OutputDeclaration output, Collection<String> partitions)
      throws StepFailure {
    if (!partitions.isEmpty()) {
      throw failure(
          output,
          ErrorCode.ASSET_FAILED,
          "partition "
              + named(partitions)
              + " of '"
              + output.asset()
              + "' was not returned; the others are stored");
    }
  }

  private static String named(Collection<String> partitions) {
    String first = partitions.stream().limit(MOST_NAMED).collect(Collectors.joining("', '"));
    int more = partitions.size() - MOST_NAMED;
    return "'" + first + "'" + (more > 0 ? " and " + more + " more" : "");
  }

  private StepFailure failure(OutputDeclaration output, ErrorCode code, String message) {
    return new StepFailure(phase(output), new StowageException(code, message));
  }

  private String phase(OutputDeclaration output) {
    return "store output '" + output.name() + "' of '" + step + "'";
  }
}
