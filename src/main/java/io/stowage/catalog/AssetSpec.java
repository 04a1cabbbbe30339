package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionsDefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A declaration whose inputs are wired.
 *
 * @param inputs in the order of the parameters
 */
public record AssetSpec(AssetDeclaration declaration, List<WiredInput> inputs) {
  public AssetSpec {
    inputs = List.copyOf(inputs);
  }

  /**
   * @param external whether nobody in this catalog computes the asset
   */
  public record WiredInput(InputDeclaration declaration, AssetKey asset, boolean external) {}

  public String step() {
    return declaration.step();
  }

  public Optional<PartitionsDefinition> partitions() {
    return declaration.partitions();
  }

  public List<OutputDeclaration> outputs() {
    return declaration.outputs();
  }

  /** What makes this step a check. */
  public Optional<CheckDeclaration> check() {
    return declaration.check();
  }

  /**
   * The assets of this catalog that must be there before: inputs, and those named only for the
   * order.
   */
  public Set<AssetKey> upstream() {
    var keys = new LinkedHashSet<AssetKey>();
    inputs.stream().filter(input -> !input.external()).map(WiredInput::asset).forEach(keys::add);
    keys.addAll(declaration.after());
    declaration.check().map(CheckDeclaration::asset).ifPresent(keys::add);
    return keys;
  }
}
