package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.Materialization;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.CheckDeclaration;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.engine.RunScope.LeftOut;
import io.stowage.plan.PlannedInput;
import io.stowage.plan.PlannedStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a run has by now: what its steps have committed, in this attempt or in one before, and what
 * they went without. For several threads.
 */
final class RunProgress {
  private final AssetGraph graph;
  private final RunKeys keys;
  private final Map<Slot, Materialization> made = new ConcurrentHashMap<>();
  private final Set<Committed> committed = ConcurrentHashMap.newKeySet();

  /** What steps that came to their end went without. */
  private final Set<Slot> notEmitted = ConcurrentHashMap.newKeySet();

  /** The same of an attempt before, whose steps may not have come to their end. */
  private final Set<LeftOut> leftOutBefore;

  /** An asset, and the partition of it; empty where it has none. */
  private record Slot(AssetKey asset, String partition) {}

  /** An output that is not to be stored again. */
  private record Committed(String step, String output, String partition) {}

  RunProgress(RunScope scope, RunKeys keys) {
    this.graph = scope.graph();
    this.keys = keys;
    this.leftOutBefore = Set.copyOf(scope.leftOut());
    scope
        .committed()
        .forEach(each -> committed(each.step(), each.output(), each.materialization()));
  }

  void committed(String step, String output, Materialization materialization) {
    committed.add(new Committed(step, output, materialization.partition()));
    var slot = new Slot(keys.ofThisRun(materialization.asset()), materialization.partition());
    made.put(slot, materialization);
    notEmitted.remove(slot); // by an attempt before
  }

  /**
   * @param step of one partition, or without
   */
  boolean isCommitted(PlannedStep step, String output) {
    return committed.contains(new Committed(step.name(), output, step.partitionText()));
  }

  /**
   * Whether every output is committed, or was not emitted: an optional one that is not there was
   * left out, where one that is emitted later is.
   */
  boolean isDone(PlannedStep step, String partition) {
    boolean later = false;
    for (OutputDeclaration output : step.spec().declaration().emissionOrder().reversed()) {
      boolean there = committed.contains(new Committed(step.name(), output.name(), partition));
      if (!there && !(output.optional() && later) && !isNotEmitted(step, output, partition)) {
        return false;
      }
      later |= there;
    }
    return true;
  }

  private boolean isNotEmitted(PlannedStep step, OutputDeclaration output, String partition) {
    return notEmitted.contains(new Slot(keys.of(step, output, Optional.empty()), partition))
        || leftOutBefore.contains(new LeftOut(step.name(), output.name(), partition));
  }

  /** What a step that is done has left out, for those that need it. */
  void leftOut(PlannedStep step) {
    for (String partition : step.partitionTexts()) {
      for (OutputDeclaration output : step.spec().outputs()) {
        if (!committed.contains(new Committed(step.name(), output.name(), partition))) {
          notEmitted.add(new Slot(keys.of(step, output, Optional.empty()), partition));
        }
      }
    }
  }

  /** What this run itself made of the asset, which goes before what the ledger has as current. */
  Optional<Materialization> made(AssetKey asset, String partition) {
    return Optional.ofNullable(made.get(new Slot(asset, partition)));
  }

  /** An optional output that the step went without. */
  void notEmitted(PlannedStep step, OutputDeclaration output) {
    notEmitted.add(new Slot(keys.of(step, output, Optional.empty()), step.partitionText()));
  }

  /**
   * The mapping keys of a dynamic output that this run has committed, in the order of emission.
   *
   * @param output its key in the catalog
   */
  List<String> mappingKeys(AssetKey output, String partition) {
    var whole =
        made(keys.of(output), partition)
            .orElseThrow(() -> new IllegalStateException("'" + output + "' was not emitted"));
    return whole.metadata().get(Emitted.MAPPING_KEYS) instanceof MetadataValue.Json(List<?> all)
        ? all.stream().map(String::valueOf).toList()
        : List.of();
  }

  /**
   * An input of all values of an upstream, as an input of each; one that was not emitted is left
   * out.
   */
  List<PlannedInput> each(PlannedStep step, PlannedInput input) {
    AssetSpec producer = graph.producer(input.wired().asset()).orElseThrow();
    return mappingKeys(producer.over().orElse(input.wired().asset()), step.partitionText()).stream()
        .map(input::at)
        .filter(one -> !notEmitted.contains(new Slot(keys.of(one), step.partitionText())))
        .toList();
  }

  /** The first asset that the step needs, but an earlier step of this run did not emit. */
  Optional<String> notEmittedFor(PlannedStep step) {
    return notEmitted.stream()
        .filter(slot -> needs(step, slot))
        .map(
            slot ->
                slot.partition.isEmpty()
                    ? "'" + RunKeys.named(slot.asset) + "'"
                    : "'" + RunKeys.named(slot.asset) + "' partition '" + slot.partition + "'")
        .sorted()
        .findFirst();
  }

  /** Whether what the check looks at was not left out by its step. */
  boolean isEmitted(PlannedStep check) {
    return notEmitted.stream().noneMatch(slot -> checks(check, slot));
  }

  private static boolean checks(PlannedStep step, Slot slot) {
    return step.spec().check().map(CheckDeclaration::asset).filter(slot.asset::equals).isPresent()
        && slot.partition.equals(step.partitionText());
  }

  private boolean needs(PlannedStep step, Slot slot) {
    return checks(step, slot)
        || step.spec().declaration().after().stream().map(keys::of).anyMatch(slot.asset::equals)
        || step.inputs().stream().anyMatch(input -> needs(input, slot));
  }

  private boolean needs(PlannedInput input, Slot slot) {
    if (!keys.of(input).equals(slot.asset)) {
      return false;
    }
    return !input.partitioned()
        || (!input.wired().declaration().allowMissingPartitions()
            && input.partitions().stream().anyMatch(key -> key.text().equals(slot.partition)));
  }
}
