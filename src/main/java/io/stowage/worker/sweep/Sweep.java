package io.stowage.worker.sweep;

import io.stowage.api.AssetKey;
import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.Sweepable;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.engine.IoManagers;
import io.stowage.protocol.SweepOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a run that removes: a sweep of old materializations and of what lost attempts left
 * behind, or a wipe of all that is stored of some assets. An asset that fails does not keep the
 * others from being swept. May be repeated: what is gone is not counted again.
 */
public final class Sweep {
  private final AssetGraph graph;
  private final IoManagers managers;
  private final SweepLedger ledger;
  private final Cancellation cancellation;
  private final Clock clock;

  public Sweep(
      AssetGraph graph,
      IoManagers managers,
      SweepLedger ledger,
      Cancellation cancellation,
      Clock clock) {
    this.graph = graph;
    this.managers = managers;
    this.ledger = ledger;
    this.cancellation = cancellation;
    this.clock = clock;
  }

  /**
   * What is to be removed.
   *
   * @param assets those alone; all of the catalog where empty, and then also what lies in the
   *     managers' folders of assets that are no longer in it
   * @param partitions those alone; all where empty
   * @param wipe whether nothing is kept
   */
  public record Request(
      List<AssetKey> assets, List<String> partitions, SweepOptions options, boolean wipe) {}

  /**
   * Removes, and tells what. Blocks.
   *
   * @throws StowageException {@code LEASE_LOST}, {@code CANCELED}, or {@code UNKNOWN_ASSET} before
   *     anything was done; all else is among the report's failures
   */
  public SweepReport run(Request request) {
    var report = new SweepReport(request.options().dryRun());
    boolean all = request.assets().isEmpty();
    var assets = all ? List.copyOf(graph.keys()) : request.assets();
    var outputs = new ArrayList<>(assets.stream().map(this::output).toList());
    for (OutputDeclaration output : outputs) {
      if (output.stored()) {
        String named = "asset '" + output.asset() + "'";
        guarded(report, named, () -> asset(output, output.asset(), request, report));
      }
    }
    if (all) {
      outputs.addAll(ops(request, report));
    }
    if (!request.wipe()) {
      orphans(request, outputs.stream().filter(OutputDeclaration::stored).toList(), report);
    }
    return report;
  }

  /** What the jobs' runs have stored, beyond the last ones; the outputs that were looked at. */
  private List<OutputDeclaration> ops(Request request, SweepReport report) {
    var outputs = new ArrayList<OutputDeclaration>();
    for (AssetSpec op : graph.steps().stream().filter(AssetSpec::isOp).toList()) {
      for (OutputDeclaration output :
          op.outputs().stream().filter(OutputDeclaration::stored).toList()) {
        AssetKey ofRuns = AssetKey.ofAnyRun(op.step(), output.name());
        String named = "op output '" + output.asset() + "'";
        guarded(report, named, () -> asset(output, ofRuns, request, report));
        outputs.add(output);
      }
    }
    return outputs;
  }

  private OutputDeclaration output(AssetKey asset) {
    return graph
        .producer(asset)
        .flatMap(
            spec -> spec.outputs().stream().filter(each -> each.asset().equals(asset)).findFirst())
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.UNKNOWN_ASSET, "this worker has no asset '" + asset + "'"));
  }

  /**
   * @param key that the ledger knows the values by
   */
  private void asset(OutputDeclaration output, AssetKey key, Request request, SweepReport report) {
    String asset = output.asset().toString();
    Optional<Sweepable> manager = manager(output.ioManager());
    if (manager.isEmpty()) {
      skip(
          report,
          asset,
          "IO manager '"
              + output.ioManager()
              + (request.wipe()
                  ? "' cannot remove what it stored: nothing is removed"
                  : "' does not keep what was replaced, or cannot remove it: there is nothing for a retention to do"));
      return;
    }
    SweepOptions options = request.options().over(manager.get().retention());
    var query = new SweepLedger.Query(key, request.partitions(), options, request.wipe());
    var removing = new Removing(ledger, manager.get(), query, cancellation);
    try {
      removing.run();
    } finally {
      report.asset(asset, removing.counts());
    }
    if (removing.unowned() > 0) {
      skip(
          report,
          asset,
          removing.unowned()
              + " materializations are left: IO manager '"
              + output.ioManager()
              + "' does not write where they lie, or overwrites them");
    }
    long busy = removing.counts().kept() - removing.unowned();
    if (request.wipe() && !request.options().dryRun() && busy > 0) {
      skip(
          report,
          asset,
          busy
              + " materializations are left: the runs that made them are under way; wipe it again");
    }
    told(asset, query, removing.counts());
  }

  private void told(String asset, SweepLedger.Query query, SweepReport.Counts counts) {
    var data = with(counts.toData(), "asset", asset);
    if (!query.everything()) {
      data.put("keep", query.options().kept());
      data.put("older_than", query.options().age().toString());
    }
    ledger.tell(
        "asset_swept",
        "asset '%s': %d %s, %d kept, %d bytes"
            .formatted(
                asset,
                counts.removed(),
                query.options().dryRun() ? "would be removed" : "removed",
                counts.kept(),
                counts.bytes()),
        data);
  }

  private void orphans(Request request, List<OutputDeclaration> outputs, SweepReport report) {
    var orphans = new Orphans(ledger, request.options(), cancellation, clock);
    var keys = new LinkedHashSet<String>();
    outputs.forEach(output -> keys.add(output.ioManager()));
    for (String key : keys) {
      List<@Nullable AssetKey> folders = new ArrayList<>();
      if (request.assets().isEmpty()) {
        folders.add(null);
      } else {
        outputs.stream()
            .filter(output -> output.ioManager().equals(key))
            .forEach(output -> folders.add(output.asset()));
      }
      guarded(
          report,
          "what lies where IO manager '" + key + "' writes",
          () ->
              manager(key)
                  .ifPresent(
                      manager ->
                          folders.forEach(
                              folder -> report.orphans(key, orphans.sweep(key, manager, folder)))));
    }
    report.orphans().forEach((key, counts) -> toldOfOrphans(key, request, counts));
  }

  private void toldOfOrphans(String key, Request request, SweepReport.Counts counts) {
    ledger.tell(
        "orphans_swept",
        "IO manager '%s': %d objects that nothing names %s"
            .formatted(
                key, counts.removed(), request.options().dryRun() ? "would be removed" : "removed"),
        with(counts.toData(), "io_manager", key));
  }

  private Optional<Sweepable> manager(String key) {
    return managers.storing(key).sweepable();
  }

  private void skip(SweepReport report, String asset, String why) {
    report.skipped(asset, why);
    ledger.tell("asset_skipped", "asset '" + asset + "': " + why, Map.of("asset", asset));
  }

  private void guarded(SweepReport report, String what, Runnable work) {
    cancellation.throwIfRequested();
    try {
      work.run();
    } catch (RuntimeException e) {
      StowageException failure = failure(what, e);
      if (ends(failure.code())) {
        throw failure;
      }
      report.failed(failure);
      ledger.tell(
          "sweep_failed",
          String.valueOf(failure.getMessage()),
          Map.of("code", failure.code().word()));
    }
  }

  private static boolean ends(ErrorCode code) {
    return code == ErrorCode.LEASE_LOST
        || code == ErrorCode.SESSION_GONE
        || code == ErrorCode.CANCELED;
  }

  /** What a custom manager throws keeps its message as the cause. */
  private static StowageException failure(String what, RuntimeException e) {
    if (e instanceof StowageException known) {
      return ends(known.code())
          ? known
          : new StowageException(known.code(), what + ": " + known.getMessage(), known);
    }
    return new StowageException(ErrorCode.ASSET_FAILED, what + ": " + e, e);
  }

  private static Map<String, Object> with(Map<String, Object> data, String name, Object value) {
    data.put(name, value);
    return data;
  }
}
