package io.stowage.catalog;

/** How the values of several assets become one parameter. */
public enum Gathering {
  /** The parameter is the value of one asset. */
  NONE,
  /** A list in the order of the declaration. */
  LIST,
  /** A map by the text of the asset key, in the order of the declaration. */
  MAP
}
