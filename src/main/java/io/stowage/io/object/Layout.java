package io.stowage.io.object;

/** How the objects of assets are named in a store. */
public enum Layout {
  /** {@code <prefix>/<key>/[@<partition>/]<write id>.<extension>}: nothing is ever overwritten. */
  VERSIONED,
  /**
   * {@code <prefix>/<key>[/@<partition>].<extension>}: a fixed name for other tools, overwritten by
   * each run. A reader that finds another object than the ledger's fails.
   */
  FLAT
}
