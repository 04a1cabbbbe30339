package io.stowage.testing;

import io.stowage.api.Asset;
import java.util.List;

/** What a group of assets inherits. */
abstract class EveryAssetsAbove {
  @Asset
  List<EveryAssets.Row> inherited() {
    return List.of();
  }
}
