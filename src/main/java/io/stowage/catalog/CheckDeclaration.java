package io.stowage.catalog;

import io.stowage.api.AssetKey;

/**
 * What makes a declaration one of a check.
 *
 * @param asset that is checked
 * @param name unique among those of the asset
 * @param blocking whether downstream waits for it to pass
 */
public record CheckDeclaration(AssetKey asset, String name, boolean blocking) {
  /** The name of the check's step: no asset and no other check has it. */
  public String step() {
    return asset + ":" + name;
  }
}
