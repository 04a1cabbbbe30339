package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;

/**
 * What makes a declaration one of a check.
 *
 * @param asset that is checked
 * @param name unique among those of the asset; 1 to 255 characters
 * @param blocking whether downstream waits for it to pass
 */
public record CheckDeclaration(AssetKey asset, String name, boolean blocking) {
  private static final int LONGEST_NAME = 255;

  public CheckDeclaration {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "a check of asset '"
              + asset
              + "' needs a name of 1 to "
              + LONGEST_NAME
              + " characters without control characters");
    }
  }

  /** The name of the check's step: no asset and no other check has it. */
  public String step() {
    return asset + ":" + name;
  }
}
