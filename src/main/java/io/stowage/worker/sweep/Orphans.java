package io.stowage.worker.sweep;

import io.stowage.api.AssetKey;
import io.stowage.api.Cancellation;
import io.stowage.api.StoredWrite;
import io.stowage.api.Sweepable;
import io.stowage.protocol.KnownObjectsAnswer.Standing;
import io.stowage.protocol.SweepOptions;
import io.stowage.worker.sweep.SweepLedger.Asked;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what lies where a manager writes, and nothing names: what a lost attempt left behind. An
 * object goes only if it is old enough, no kept materialization names it, and it says itself that a
 * run of this control plane wrote it whose attempt is over: such a one can be committed no more.
 * What does not say so is another's, who may use the same folder, and is left.
 */
final class Orphans {
  private static final int BATCH = 500;

  private final SweepLedger ledger;
  private final SweepOptions options;
  private final Cancellation cancellation;
  private final Clock clock;
  private final Set<StoredWrite> seen = new HashSet<>();

  Orphans(SweepLedger ledger, SweepOptions options, Cancellation cancellation, Clock clock) {
    this.ledger = ledger;
    this.options = options;
    this.cancellation = cancellation;
    this.clock = clock;
  }

  /**
   * @param asset what lies in its folder alone; null for all that the manager has written
   */
  SweepReport.Counts sweep(String manager, Sweepable sweepable, @Nullable AssetKey asset) {
    Instant newest = clock.instant().minus(options.orphanGrace());
    var counts = SweepReport.Counts.NONE;
    try (Stream<StoredWrite> writes = sweepable.writes(asset)) {
      var batch = new ArrayList<StoredWrite>();
      for (var each = writes.iterator(); each.hasNext(); ) {
        StoredWrite write = each.next();
        if (!write.modified().isAfter(newest)) {
          batch.add(write);
        }
        if (batch.size() == BATCH || (!each.hasNext() && !batch.isEmpty())) {
          cancellation.throwIfRequested();
          counts = counts.plus(sweep(manager, sweepable, batch));
          batch.clear();
        }
      }
    }
    return counts.plus(uploads(manager, sweepable, asset, counts.foreign() > 0));
  }

  /**
   * An upload does not say who began it. It is given up where it is older than every attempt under
   * way, and nothing of somebody else lies there, whose upload it could be.
   */
  private SweepReport.Counts uploads(
      String manager, Sweepable sweepable, @Nullable AssetKey asset, boolean shared) {
    if (shared) {
      return SweepReport.Counts.NONE;
    }
    Instant newest = clock.instant().minus(options.orphanGrace());
    Instant underWay = ledger.underWaySince().orElse(Instant.MAX);
    List<StoredWrite> stale;
    try (Stream<StoredWrite> unfinished = sweepable.unfinished(asset)) {
      stale =
          unfinished
              .filter(each -> !each.modified().isAfter(newest))
              .filter(each -> each.modified().isBefore(underWay))
              .filter(seen::add)
              .toList();
    }
    if (!stale.isEmpty()) {
      tell(options.dryRun() ? "would_abort_uploads" : "uploads_aborted", manager, stale);
      for (StoredWrite each : options.dryRun() ? List.<StoredWrite>of() : stale) {
        cancellation.throwIfRequested();
        sweepable.abandon(each);
      }
    }
    return new SweepReport.Counts(0, 0, 0, 0, 0, stale.size());
  }

  private SweepReport.Counts sweep(String manager, Sweepable sweepable, List<StoredWrite> batch) {
    var unnamed =
        standing(batch, batch.stream().map(each -> new Asked(each.location(), null)).toList())
            .entrySet()
            .stream()
            .filter(each -> each.getValue() != Standing.NAMED)
            .map(Map.Entry::getKey)
            .filter(seen::add) // managers that share a folder see the same objects
            .toList();
    if (unnamed.isEmpty()) {
      return SweepReport.Counts.NONE;
    }
    var standing =
        standing(
            unnamed,
            unnamed.stream()
                .map(each -> new Asked(each.location(), sweepable.origin(each).orElse(null)))
                .toList());
    var unclaimed = with(Standing.UNCLAIMED, standing);
    if (!unclaimed.isEmpty()) {
      tell(options.dryRun() ? "would_remove_orphans" : "orphans_removed", manager, unclaimed);
      remove(sweepable, unclaimed);
    }
    return new SweepReport.Counts(
        with(Standing.BUSY, standing).size(),
        unclaimed.size(),
        unclaimed.stream().mapToLong(StoredWrite::bytes).sum(),
        0,
        with(Standing.FOREIGN, standing).size(),
        0);
  }

  private Map<StoredWrite, Standing> standing(List<StoredWrite> writes, List<Asked> asked) {
    var standings = ledger.standings(asked);
    var map = new LinkedHashMap<StoredWrite, Standing>();
    for (int i = 0; i < writes.size(); i++) {
      map.put(writes.get(i), standings.get(i));
    }
    return map;
  }

  private static List<StoredWrite> with(Standing standing, Map<StoredWrite, Standing> writes) {
    return writes.entrySet().stream()
        .filter(each -> each.getValue() == standing)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void remove(Sweepable sweepable, List<StoredWrite> unclaimed) {
    if (options.dryRun()) {
      return;
    }
    for (StoredWrite each : unclaimed) {
      cancellation.throwIfRequested();
      sweepable.remove(each);
    }
  }

  private void tell(String type, String manager, List<StoredWrite> unclaimed) {
    var data = new LinkedHashMap<String, Object>();
    data.put("io_manager", manager);
    data.put("objects", unclaimed.stream().map(Orphans::data).toList());
    ledger.tell(
        type, unclaimed.size() + " of IO manager '" + manager + "' that nothing names", data);
  }

  private static Map<String, Object> data(StoredWrite write) {
    return Map.of(
        "location",
        write.location().toString(),
        "bytes",
        write.bytes(),
        "modified",
        write.modified().toString());
  }
}
