package io.stowage.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what a sweep or a wipe may remove of an asset, page by page. Nothing is changed by it.
 *
 * @param partitions those alone; all where empty
 * @param options of the run, {@link SweepOptions}
 * @param everything whether nothing is kept, as a wipe does it
 * @param leftovers asks for those that were marked as removed before, and whose objects are not
 *     known to be gone; else for those that may be marked
 * @param cursor of the page before; null for the first
 */
public record RemovalsRequest(
    UUID runId,
    String asset,
    List<String> partitions,
    SweepOptions options,
    boolean everything,
    boolean leftovers,
    @Nullable String cursor) {
  public RemovalsRequest {
    Required.present("run_id", runId);
    Required.present("asset", asset);
    Required.whole("partitions", partitions);
    Required.present("options", options);
  }
}
