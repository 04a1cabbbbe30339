package io.stowage.catalog;

/** Which values of an upstream op an input is, where that has one for each mapping key. */
public enum Spread {
  /** The upstream has one value. */
  NONE,
  /** The value of one mapping key: the step is executed for each of them. */
  EACH,
  /** The values of all mapping keys together. */
  ALL
}
