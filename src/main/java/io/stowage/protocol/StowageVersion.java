package io.stowage.protocol;

/** Which Stowage this is. */
public final class StowageVersion {
  public static final String CURRENT = "0.1.0";

  private StowageVersion() {}
}
