package io.stowage.protocol;

/** An output that a run has committed. */
public record CommittedOutput(String step, String output, MaterializationView materialization) {}
