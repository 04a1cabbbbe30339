package io.stowage.api;

import java.util.Map;
import java.util.Optional;

/**
 * The output that an input is loaded from.
 *
 * @param asset its key
 * @param outputName {@code result}, or a multi-asset's component
 * @param definitionMetadata constants of its definition
 * @param options of the output
 * @param ioManager the key of the manager that stores it; empty for an external asset
 */
public record UpstreamOutput(
    AssetKey asset,
    String outputName,
    Map<String, String> definitionMetadata,
    Map<String, String> options,
    Optional<String> ioManager) {
  public UpstreamOutput {
    definitionMetadata = Map.copyOf(definitionMetadata);
    options = Map.copyOf(options);
  }
}
