package io.stowage.protocol;

import java.util.UUID;

/**
 * @param superseded whether a newer run's materialization stands
 */
public record CommitAnswer(UUID materializationId, boolean superseded) {}
