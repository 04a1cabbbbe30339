package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.Materialization;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.engine.RunKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What a run recorded, found by the keys of the catalog: ops' outputs have keys of the run's. */
final class MadeValues {
  private final AssetGraph graph;
  private final RunKeys keys;
  private final List<Materialization> all;

  MadeValues(AssetGraph graph, String runId, List<Materialization> all) {
    this.graph = graph;
    this.keys = new RunKeys(runId, graph);
    this.all = all;
  }

  /**
   * @param name the partition's text, the mapping key of one of several values, both with {@code |}
   *     between them, or empty
   */
  record Made(String name, Materialization materialization) {}

  List<Materialization> all() {
    return all;
  }

  /** What was made of the asset or the op's output, several values in the order of emission. */
  List<Made> of(AssetKey key) {
    AssetKey ofRun = keys.of(key);
    if (over(key).isEmpty()) {
      return all.stream()
          .filter(made -> made.asset().equals(ofRun))
          .map(made -> new Made(made.partition(), made))
          .toList();
    }
    var order = emitted(over(key).get());
    return all.stream()
        .filter(made -> made.asset().isIn(ofRun) && !made.asset().equals(ofRun))
        .sorted(Comparator.comparingInt(made -> order.indexOf(made.asset().name())))
        .map(made -> new Made(name(made), made))
        .toList();
  }

  private static String name(Materialization made) {
    String mappingKey = made.asset().name();
    return made.partition().isEmpty() ? mappingKey : made.partition() + "|" + mappingKey;
  }

  /** The dynamic output whose mapping keys the values have; empty where there is one value. */
  private Optional<AssetKey> over(AssetKey key) {
    return graph
        .producer(key)
        .flatMap(spec -> spec.output(key).dynamic() ? Optional.of(key) : spec.over());
  }

  private List<String> emitted(AssetKey dynamic) {
    AssetKey whole = keys.of(dynamic);
    var mappingKeys = new LinkedHashSet<String>();
    all.stream()
        .filter(made -> made.asset().isIn(whole) && !made.asset().equals(whole))
        .forEach(made -> mappingKeys.add(made.asset().name()));
    return new ArrayList<>(mappingKeys);
  }

  /** The output that it is a value of; empty for what a manager recorded beside. */
  Optional<OutputDeclaration> output(Materialization made) {
    return producer(made).map(spec -> output(spec, made));
  }

  /** The step that made it. */
  Optional<AssetSpec> producer(Materialization made) {
    return graph.steps().stream()
        .filter(
            spec -> spec.outputs().stream().anyMatch(output -> isOf(spec, output, made.asset())))
        .findFirst();
  }

  private OutputDeclaration output(AssetSpec spec, Materialization made) {
    return spec.outputs().stream()
        .filter(output -> isOf(spec, output, made.asset()))
        .findFirst()
        .orElseThrow();
  }

  private boolean isOf(AssetSpec spec, OutputDeclaration output, AssetKey asset) {
    return spec.isOp() ? asset.isIn(keys.of(output.asset())) : asset.equals(output.asset());
  }
}
