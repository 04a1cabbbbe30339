package io.stowage.protocol;

import java.util.UUID;

/**
 * @param replayed whether the idempotency key had been used for this very request before
 */
public record SubmitAnswer(UUID id, String state, boolean replayed) {}
