package io.stowage.worker.sweep;

import io.stowage.api.AssetKey;
import io.stowage.api.Materialization;
import io.stowage.api.StoredWrite;
import io.stowage.protocol.KnownObjectsAnswer.Standing;
import io.stowage.protocol.SweepOptions;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ledger, as an attempt at a sweep or a wipe sees it. It alone decides what may go. Calls
 * block, and are repeated inside where the network is at fault; each throws {@code LEASE_LOST} once
 * this attempt no longer holds the run.
 */
public interface SweepLedger {
  /**
   * What is asked about.
   *
   * @param partitions those alone; all where empty
   * @param everything whether nothing is kept, as a wipe does it
   */
  record Query(AssetKey asset, List<String> partitions, SweepOptions options, boolean everything) {}

  /**
   * One page.
   *
   * @param total how many materializations with a location there are, removed ones not counted
   * @param bytes of them
   * @param next where the next page begins; null at the end
   */
  record Found(
      long total, long bytes, List<Materialization> materializations, @Nullable String next) {}

  /**
   * What became of a mark.
   *
   * @param ids of those that are marked now; others became current, or are read, since they were
   *     found
   * @param deletable whether their objects may be deleted at once
   */
  record Marked(Set<String> ids, boolean deletable) {}

  /**
   * @param origin who wrote it, as the object says; null where it was not asked, or does not say
   */
  record Asked(URI location, StoredWrite.@Nullable Origin origin) {}

  /** Those that were marked as removed, and whose objects may be there still. */
  Found leftovers(Query query, @Nullable String from);

  /** Those that may be marked as removed. */
  Found removable(Query query, @Nullable String from);

  /** Marks them, if they may go still: from then on no reader finds them. */
  Marked mark(Query query, List<String> ids);

  /** Notes that the objects of marked ones are gone. */
  void deleted(List<String> ids);

  /** What is known of each object, in the order asked. */
  List<Standing> standings(List<Asked> objects);

  /** When the oldest attempt was claimed that is under way, and computes; empty for none. */
  Optional<Instant> underWaySince();

  /** Records an event of the run. Never throws. */
  void tell(String type, String message, Map<String, Object> data);
}
