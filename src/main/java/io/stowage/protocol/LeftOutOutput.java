package io.stowage.protocol;

/**
 * An optional output that a run went without.
 *
 * @param partition the key's text; empty without partitions
 */
public record LeftOutOutput(String step, String output, String partition) {}
