package io.stowage.worker;

import io.stowage.api.AssetKey;
import io.stowage.api.StowageException;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.SweepOptions;
import io.stowage.worker.RunAttempt.End;
import io.stowage.worker.RunAttempt.Ending;
import io.stowage.worker.sweep.Sweep;
import io.stowage.worker.sweep.SweepReport;
import java.lang.System.Logger.Level;

/** One lease on a run that sweeps or wipes. */
final class SweepAttempt {
  private static final System.Logger LOG = System.getLogger(SweepAttempt.class.getName());
  private static final int MOST_CAUSES = 20;

  private final Execution execution;
  private final ControlPlane.Session session;
  private final LeaseHold hold;
  private final Ending ending;

  SweepAttempt(Execution execution, ControlPlane.Session session, LeaseHold hold, Ending ending) {
    this.execution = execution;
    this.session = session;
    this.hold = hold;
    this.ending = ending;
  }

  /**
   * @throws StowageException also where the lease is not held any more
   */
  End run() {
    Lease lease = hold.lease();
    LOG.log(
        Level.INFO,
        "run {0} starts: a {1} of {2}",
        lease.runId(),
        lease.run().kind(),
        lease.run().assets().isEmpty() ? "all assets" : lease.run().assets());
    try (var events = new LeaseLedger(session, hold);
        var managers = execution.managers(lease.run().overrides())) {
      var ledger = new LeaseSweepLedger(session, hold, events, execution.clock());
      var sweep = new Sweep(execution.graph(), managers, ledger, hold, execution.clock());
      SweepReport report = sweep.run(request(lease));
      events.flush();
      return ended(report);
    }
  }

  private static Sweep.Request request(Lease lease) {
    return new Sweep.Request(
        lease.run().assets().stream().map(AssetKey::of).toList(),
        lease.run().partitions(),
        SweepOptions.of(lease.run().options()),
        lease.run().kind().equals(RunKind.WIPE.word()));
  }

  private End ended(SweepReport report) {
    LOG.log(
        Level.INFO,
        "run {0} ends: {1} removed, {2} failures",
        hold.lease().runId(),
        report.toData().get("removed"),
        report.failures().size());
    if (report.failures().isEmpty()) {
      return ending.complete("succeeded", false, report.toData(), null);
    }
    StowageException first = report.failures().getFirst();
    boolean again =
        report.failures().stream().anyMatch(each -> hold.lease().run().retries(each.kind()));
    var causes =
        report.failures().stream()
            .skip(1)
            .limit(MOST_CAUSES)
            .map(each -> String.valueOf(each.getMessage()))
            .toList();
    return ending.complete(
        "failed",
        again,
        report.toData(),
        RunAttempt.error(first.code(), String.valueOf(first.getMessage()), causes));
  }
}
