package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.TreeMap;
import java.util.TreeSet;

/** All assets of one application, wired and without faults. Immutable. */
public final class AssetGraph {
  private final Map<String, AssetSpec> steps;
  private final Map<AssetKey, AssetSpec> producers;

  private AssetGraph(Map<String, AssetSpec> steps, Map<AssetKey, AssetSpec> producers) {
    this.steps = Collections.unmodifiableMap(steps);
    this.producers = Collections.unmodifiableMap(producers);
  }

  /**
   * Wires the declarations.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} with all faults, one a line, each naming
   *     the method
   */
  public static AssetGraph of(Collection<AssetDeclaration> declarations) {
    var wiring = new GraphWiring(declarations);
    if (!wiring.faults().isEmpty()) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION, String.join("\n", wiring.faults()));
    }
    var steps = new LinkedHashMap<String, AssetSpec>();
    wiring.ordered().forEach(spec -> steps.put(spec.step(), spec));
    return new AssetGraph(steps, wiring.producers());
  }

  /** What is wrong with the declarations, a sentence each; empty where they make a graph. */
  public static List<String> faults(Collection<AssetDeclaration> declarations) {
    return new GraphWiring(declarations).faults();
  }

  /** All steps, each after those it needs. */
  public SequencedCollection<AssetSpec> steps() {
    return List.copyOf(steps.values());
  }

  public Optional<AssetSpec> step(String name) {
    return Optional.ofNullable(steps.get(name));
  }

  /** The step that computes the asset, or the op's output; empty where nobody here does. */
  public Optional<AssetSpec> producer(AssetKey asset) {
    return Optional.ofNullable(producers.get(asset));
  }

  /** The step that computes the asset; empty where nobody here does, and for an op's output. */
  public Optional<AssetSpec> asset(AssetKey key) {
    return producer(key).filter(spec -> !spec.isOp());
  }

  /** Keys of all assets, sorted; ops' outputs are none. */
  public SequencedCollection<AssetKey> keys() {
    var keys = new TreeMap<>(producers);
    keys.values().removeIf(AssetSpec::isOp);
    return List.copyOf(keys.keySet());
  }

  /** The names of all jobs, sorted. */
  public SequencedCollection<String> jobs() {
    var names = new TreeSet<String>();
    steps
        .values()
        .forEach(spec -> spec.declaration().job().ifPresent(job -> names.add(job.name())));
    return List.copyOf(names);
  }

  /** The ops of the job, each after those it needs; empty where there is no such job. */
  public SequencedCollection<AssetSpec> job(String name) {
    return steps.values().stream()
        .filter(spec -> spec.declaration().job().filter(job -> job.name().equals(name)).isPresent())
        .toList();
  }

  /** Keys of the assets that are directly computed from the one given. */
  public Collection<AssetKey> downstream(AssetKey asset) {
    var keys = new ArrayList<AssetKey>();
    for (AssetSpec spec : steps.values()) {
      if (spec.upstream().contains(asset) && !spec.isOp()) {
        spec.outputs().forEach(output -> keys.add(output.asset()));
      }
    }
    return keys;
  }
}
