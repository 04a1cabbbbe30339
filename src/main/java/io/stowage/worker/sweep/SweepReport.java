package io.stowage.worker.sweep;

import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a sweep did, or, in a dry run, would do. Filled by one thread. */
public final class SweepReport {
  private final boolean dryRun;
  private final Map<String, Counts> assets = new LinkedHashMap<>();
  private final Map<String, Counts> orphans = new LinkedHashMap<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();
  private final List<StowageException> failures = new ArrayList<>();

  SweepReport(boolean dryRun) {
    this.dryRun = dryRun;
  }

  /**
   * @param kept how many there are still
   * @param removed how many went
   * @param bytes of what went, as far as they are known
   * @param left objects that went from the ledger, and that a later sweep deletes
   * @param foreign what nobody is known to have written
   * @param uploads writes that were never finished, and are given up
   */
  public record Counts(long kept, long removed, long bytes, long left, long foreign, long uploads) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    Counts plus(Counts more) {
      return new Counts(
          kept + more.kept,
          removed + more.removed,
          bytes + more.bytes,
          left + more.left,
          foreign + more.foreign,
          uploads + more.uploads);
    }

    Map<String, Object> toData() {
      var data = new LinkedHashMap<String, Object>();
      data.put("kept", kept);
      data.put("removed", removed);
      data.put("bytes", bytes);
      if (left > 0) {
        data.put("left", left);
      }
      if (foreign > 0) {
        data.put("foreign", foreign);
      }
      if (uploads > 0) {
        data.put("uploads", uploads);
      }
      return data;
    }
  }

  void asset(String asset, Counts counts) {
    assets.put(asset, counts);
  }

  void orphans(String manager, Counts counts) {
    orphans.merge(manager, counts, Counts::plus);
  }

  void skipped(String what, String why) {
    skipped.put(what, why);
  }

  void failed(StowageException failure) {
    failures.add(failure);
  }

  public Map<String, Counts> assets() {
    return Map.copyOf(assets);
  }

  /** By IO manager key: what lay there without a name in the ledger. */
  public Map<String, Counts> orphans() {
    return Map.copyOf(orphans);
  }

  /** What was passed over, and why. */
  public Map<String, String> skipped() {
    return Map.copyOf(skipped);
  }

  /** What could not be done; the rest was done nevertheless. */
  public List<StowageException> failures() {
    return List.copyOf(failures);
  }

  /** As it stands in the result of the run. */
  public Map<String, Object> toData() {
    var data = new LinkedHashMap<String, Object>();
    data.put("dry_run", dryRun);
    data.put("assets", data(assets));
    data.put("orphans", data(orphans));
    data.put("skipped", new LinkedHashMap<>(skipped));
    data.put("removed", sum(assets).removed() + sum(orphans).removed());
    data.put("bytes", sum(assets).bytes() + sum(orphans).bytes());
    return data;
  }

  private static Map<String, Object> data(Map<String, Counts> counts) {
    var data = new LinkedHashMap<String, Object>();
    counts.forEach((name, each) -> data.put(name, each.toData()));
    return data;
  }

  private static Counts sum(Map<String, Counts> counts) {
    return counts.values().stream().reduce(Counts.NONE, Counts::plus);
  }
}
