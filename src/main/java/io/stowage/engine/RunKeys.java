package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.plan.PlannedInput;
import io.stowage.plan.PlannedStep;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The keys that values have in one run: an asset its own, an op's output one below the run, so that
 * two runs of a job do not touch each other's.
 */
public final class RunKeys {
  private final String runId;
  private final AssetGraph graph;

  public RunKeys(String runId, AssetGraph graph) {
    this.runId = runId;
    this.graph = graph;
  }

  /** Of what is known in the catalog by that key, all mapping keys of it together. */
  public AssetKey of(AssetKey declared) {
    return graph
        .producer(declared)
        .filter(AssetSpec::isOp)
        .map(op -> AssetKey.ofRun(runId, op.step(), op.output(declared).name()))
        .orElse(declared);
  }

  /** The key in this run of what a run that this one goes on from has committed. */
  AssetKey ofThisRun(AssetKey key) {
    if (!key.isOfRun()) {
      return key;
    }
    var components = new ArrayList<>(key.components());
    components.set(1, runId);
    return new AssetKey(components);
  }

  AssetKey of(PlannedInput input) {
    return with(of(input.wired().asset()), input.mappingKey());
  }

  /**
   * @param mappingKey that the output is emitted under; a call for one mapping key has that
   */
  AssetKey of(PlannedStep step, OutputDeclaration output, Optional<String> mappingKey) {
    return step.spec().isOp()
        ? with(
            AssetKey.ofRun(runId, step.spec().step(), output.name()),
            mappingKey.or(step::mappingKey))
        : output.asset();
  }

  /** The key as a message names it, which is about this run anyway. */
  static String named(AssetKey key) {
    var components = key.components();
    return String.join("/", key.isOfRun() ? components.subList(2, components.size()) : components);
  }

  private static AssetKey with(AssetKey key, Optional<String> mappingKey) {
    return mappingKey.map(key::with).orElse(key);
  }
}
