package io.stowage.protocol;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record that a run stored an asset.
 *
 * @param partition key as text; empty for an asset without partitions
 * @param metadata by label, {@code {"type": …, "value": …}}
 * @param inputs what was read for it
 * @param current whether the asset's pointer names it
 * @param removedAt when it was marked as removed: its object is gone, or about to be; null where it
 *     is kept
 */
public record MaterializationView(
    UUID id,
    String asset,
    String partition,
    UUID runId,
    String step,
    String output,
    @Nullable String location,
    @Nullable String etag,
    @Nullable String checksum,
    long bytes,
    long rows,
    @Nullable String schemaFingerprint,
    Map<String, Map<String, Object>> metadata,
    List<ReadInput> inputs,
    Instant committedAt,
    boolean current,
    @Nullable Instant removedAt) {
  /**
   * This, if there is anything to read.
   *
   * @throws StowageException {@code NOT_MATERIALIZED} where it was removed
   */
  public MaterializationView readable() {
    if (removedAt == null) {
      return this;
    }
    throw new StowageException(
        ErrorCode.NOT_MATERIALIZED,
        "'%s'%s of run %s was removed at %s by retention, in a sweep, or by a wipe: the history knows of it, but its data is gone"
            .formatted(
                asset,
                partition.isEmpty() ? "" : " partition '" + partition + "'",
                runId,
                removedAt));
  }

  /** Of one that is kept. */
  public MaterializationView(
      UUID id,
      String asset,
      String partition,
      UUID runId,
      String step,
      String output,
      @Nullable String location,
      @Nullable String etag,
      @Nullable String checksum,
      long bytes,
      long rows,
      @Nullable String schemaFingerprint,
      Map<String, Map<String, Object>> metadata,
      List<ReadInput> inputs,
      Instant committedAt,
      boolean current) {
    this(
        id,
        asset,
        partition,
        runId,
        step,
        output,
        location,
        etag,
        checksum,
        bytes,
        rows,
        schemaFingerprint,
        metadata,
        inputs,
        committedAt,
        current,
        null);
  }
}
