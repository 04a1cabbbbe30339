package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.partition.PartitionsDefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A declaration whose inputs are wired.
 *
 * @param inputs in the order of the parameters
 * @param over the dynamic output for each of whose mapping keys the step is executed; empty for one
 *     that is executed once
 */
public record AssetSpec(
    AssetDeclaration declaration, List<WiredInput> inputs, Optional<AssetKey> over) {
  public AssetSpec {
    inputs = List.copyOf(inputs);
  }

  /** A step that is executed once. */
  public AssetSpec(AssetDeclaration declaration, List<WiredInput> inputs) {
    this(declaration, inputs, Optional.empty());
  }

  /**
   * @param external whether nobody in this catalog computes the asset
   */
  public record WiredInput(
      InputDeclaration declaration, AssetKey asset, boolean external, Spread spread) {
    /** An input of something that has one value. */
    public WiredInput(InputDeclaration declaration, AssetKey asset, boolean external) {
      this(declaration, asset, external, Spread.NONE);
    }
  }

  /** Whether the input is of partitions of this very step, which lie before its own in time. */
  public boolean readsItself(WiredInput input) {
    return outputs().stream().anyMatch(output -> output.asset().equals(input.asset()))
        && (partitions().isPresent() || declaration.partitionsMethod().isPresent())
        && input.declaration().mapping()
            instanceof PartitionMapping.TimeWindows(int _, int endOffset)
        && endOffset < 0;
  }

  /** Whether one of its partitions needs earlier ones. */
  public boolean readsItself() {
    return inputs.stream().anyMatch(this::readsItself);
  }

  public String step() {
    return declaration.step();
  }

  public Optional<PartitionsDefinition> partitions() {
    return declaration.partitions();
  }

  public List<OutputDeclaration> outputs() {
    return declaration.outputs();
  }

  /** The output of that key. */
  public OutputDeclaration output(AssetKey key) {
    return outputs().stream().filter(each -> each.asset().equals(key)).findFirst().orElseThrow();
  }

  /** Whether this step is an op, whose outputs are no assets. */
  public boolean isOp() {
    return declaration.job().isPresent();
  }

  /** What makes this step a check. */
  public Optional<CheckDeclaration> check() {
    return declaration.check();
  }

  /**
   * The assets of this catalog that must be there before: inputs, and those named only for the
   * order. Not the step's own, where it reads earlier partitions of itself.
   */
  public Set<AssetKey> upstream() {
    var keys = new LinkedHashSet<AssetKey>();
    inputs.stream()
        .filter(input -> !input.external() && !readsItself(input))
        .map(WiredInput::asset)
        .forEach(keys::add);
    keys.addAll(declaration.after());
    declaration.check().map(CheckDeclaration::asset).ifPresent(keys::add);
    return keys;
  }
}
