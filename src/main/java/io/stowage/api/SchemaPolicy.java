package io.stowage.api;

/**
 * What an asset's type may become, held against what was stored of the asset last, before anything
 * is computed.
 */
public enum SchemaPolicy {
  /** What is stored can be read as the type as it is now; other changes fail the step. */
  BACKWARD,
  /** As {@link #BACKWARD}, and who reads as the former type can read what is stored from now on. */
  FULL,
  /** Nothing is compared. */
  NONE
}
