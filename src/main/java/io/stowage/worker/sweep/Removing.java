package io.stowage.worker.sweep;

import io.stowage.api.Cancellation;
import io.stowage.api.Materialization;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.Sweepable;
import io.stowage.worker.sweep.SweepLedger.Found;
import io.stowage.worker.sweep.SweepLedger.Marked;
import io.stowage.worker.sweep.SweepLedger.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Removes the materializations of one asset that the ledger lets go: marks them first, then deletes
 * their objects. Dying in between leaves an object that no kept materialization names, and which is
 * found again as a leftover; the other way round would leave a materialization that promises an
 * object which is gone.
 */
final class Removing {
  private final SweepLedger ledger;
  private final Sweepable manager;
  private final Query query;
  private final Cancellation cancellation;
  private long total;
  private long removed;
  private long bytes;
  private long left;
  private long unowned;

  Removing(SweepLedger ledger, Sweepable manager, Query query, Cancellation cancellation) {
    this.ledger = ledger;
    this.manager = manager;
    this.query = query;
    this.cancellation = cancellation;
  }

  /**
   * @throws StowageException where an object could not be deleted: what was marked stays so, and
   *     its object is a leftover
   */
  void run() {
    deleteLeftovers();
    String from = null;
    do {
      cancellation.throwIfRequested();
      Found found = ledger.removable(query, from);
      total = from == null ? found.total() : total;
      remove(found.materializations());
      from = found.next();
    } while (from != null);
  }

  SweepReport.Counts counts() {
    return new SweepReport.Counts(total - removed, removed, bytes, left, 0, 0);
  }

  /** How many may go, but lie where the manager does not write. */
  long unowned() {
    return unowned;
  }

  private void deleteLeftovers() {
    String from = null;
    do {
      cancellation.throwIfRequested();
      Found found = ledger.leftovers(query, from);
      var owned = owned(found.materializations());
      if (!owned.isEmpty()) {
        tell(query.options().dryRun() ? "would_delete_leftover" : "leftover_deleted", owned);
        delete(owned);
      }
      from = found.next();
    } while (from != null);
  }

  private void remove(List<Materialization> found) {
    var owned = owned(found);
    unowned += found.size() - owned.size();
    if (owned.isEmpty()) {
      return;
    }
    if (query.options().dryRun()) {
      count(owned);
      tell("would_remove", owned);
      return;
    }
    Marked marked = ledger.mark(query, owned.stream().map(Materialization::id).toList());
    var going = owned.stream().filter(each -> marked.ids().contains(each.id())).toList();
    if (going.isEmpty()) {
      return;
    }
    count(going);
    tell("removed", going);
    if (marked.deletable()) {
      delete(going);
    } else {
      left += going.size();
    }
  }

  private List<Materialization> owned(List<Materialization> found) {
    return found.stream().filter(manager::owns).toList();
  }

  private void count(List<Materialization> going) {
    removed += going.size();
    bytes += going.stream().mapToLong(each -> Math.max(0, object(each).bytes())).sum();
  }

  private void delete(List<Materialization> marked) {
    if (query.options().dryRun()) {
      return;
    }
    var gone = new ArrayList<String>();
    try {
      for (Materialization each : marked) {
        cancellation.throwIfRequested();
        manager.remove(each);
        gone.add(each.id());
      }
    } finally {
      left += marked.size() - gone.size();
      if (!gone.isEmpty()) {
        ledger.deleted(gone);
      }
    }
  }

  private void tell(String type, List<Materialization> going) {
    var data = new LinkedHashMap<String, Object>();
    data.put("asset", query.asset().toString());
    data.put("objects", going.stream().map(Removing::data).toList());
    ledger.tell(type, going.size() + " of '" + query.asset() + "'", data);
  }

  private static Map<String, Object> data(Materialization each) {
    StoredObject object = object(each);
    var data = new LinkedHashMap<String, Object>();
    data.put("materialization", each.id());
    data.put("partition", each.partition());
    data.put("location", object.location().toString());
    data.put("bytes", object.bytes());
    data.put("committed_at", each.committedAt().toString());
    return data;
  }

  private static StoredObject object(Materialization each) {
    @Nullable StoredObject object = each.object();
    return Objects.requireNonNull(object, "asked for those with a location alone");
  }
}
