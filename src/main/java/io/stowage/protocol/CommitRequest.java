package io.stowage.protocol;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One output of one partition.
 *
 * @param commitId new for each output; the same when the call is repeated
 * @param asset null for an op's output
 * @param beside further assets that the manager wrote
 */
public record CommitRequest(
    UUID commitId,
    UUID runId,
    String step,
    String output,
    String asset,
    String partition,
    @Nullable String location,
    @Nullable String etag,
    @Nullable String checksum,
    long bytes,
    long rows,
    @Nullable String schemaFingerprint,
    Map<String, Map<String, Object>> metadata,
    List<ReadInput> inputs,
    List<Beside> beside) {
  /** An asset that a manager wrote beside the main one. */
  public record Beside(String asset, Map<String, Map<String, Object>> metadata) {}
}
