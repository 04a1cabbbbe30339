package io.stowage.catalog;

import io.stowage.api.AssetKey;
import java.util.Map;

/**
 * An asset that a method computes.
 *
 * @param name {@code result}, or the component of a multi-asset's record
 * @param type of the value itself, without {@code Output<…>}; void where nothing is stored
 * @param nullable whether null may be stored
 */
public record OutputDeclaration(
    String name,
    AssetKey asset,
    DeclaredType type,
    boolean nullable,
    String ioManager,
    String description,
    Map<String, String> metadata,
    Map<String, String> options) {
  public static final String RESULT = "result";
  private static final String SELF_STORED = "io.stowage.api.MaterializeResult";

  public OutputDeclaration {
    metadata = Map.copyOf(metadata);
    options = Map.copyOf(options);
  }

  /** Whether an IO manager stores the value: not for {@code void}, and not where the author stores it himself. */
  public boolean stored() {
    return !type.isVoid() && !type.is(SELF_STORED);
  }
}
