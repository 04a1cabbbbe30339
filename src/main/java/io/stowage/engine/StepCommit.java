package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.StoredObject;
import io.stowage.api.metadata.MetadataValue;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One output of one partition, stored and to be committed.
 *
 * @param commitId new for each output, the same when the commit is repeated
 * @param partition key as text; empty for an asset without partitions
 * @param object null where nothing was stored
 * @param read what the step had loaded
 * @param beside further assets that the manager wrote
 */
public record StepCommit(
    UUID commitId,
    String step,
    String output,
    AssetKey asset,
    String partition,
    @Nullable StoredObject object,
    Map<String, MetadataValue> metadata,
    List<LoadedInput> read,
    List<Beside> beside) {
  /** An asset that a manager wrote beside the main one. */
  public record Beside(AssetKey asset, Map<String, MetadataValue> metadata) {}
}
