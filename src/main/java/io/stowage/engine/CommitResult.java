package io.stowage.engine;

/**
 * @param materializationId of the record that was written
 * @param superseded whether a newer run's materialization stands as the current one
 */
public record CommitResult(String materializationId, boolean superseded) {}
