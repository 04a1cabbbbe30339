package io.stowage.store;

import java.time.Instant;

/**
 * A write that was begun and has not ended.
 *
 * @param id the store's own name of it
 * @param started by the store's clock
 */
public record PendingUpload(ObjectKey key, String id, Instant started) {}
