package io.stowage.worker;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.UpstreamOutput;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.engine.DeclaredTypes;
import io.stowage.engine.value.StoredAssets;
import io.stowage.engine.value.StoredValues;
import io.stowage.protocol.Lease;
import io.stowage.protocol.Preview;
import io.stowage.protocol.PreviewOptions;
import io.stowage.worker.RunAttempt.End;
import io.stowage.worker.RunAttempt.Ending;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One lease on a run that shows the first rows of what is stored. */
final class PreviewAttempt {
  private static final System.Logger LOG = System.getLogger(PreviewAttempt.class.getName());

  private final Execution execution;
  private final ControlPlane.Session session;
  private final LeaseHold hold;
  private final Ending ending;

  PreviewAttempt(Execution execution, ControlPlane.Session session, LeaseHold hold, Ending ending) {
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
    AssetKey asset = AssetKey.of(lease.run().assets().getFirst());
    AssetSpec spec =
        execution
            .graph()
            .producer(asset)
            .orElseThrow(
                () ->
                    new StowageException(
                        ErrorCode.UNKNOWN_ASSET, "this worker has no asset '" + asset + "'"));
    LOG.log(Level.INFO, "run {0} starts: a preview of {1}", lease.runId(), asset);
    try (var ledger = new LeaseLedger(session, hold)) {
      Preview preview = preview(asset, spec, ledger);
      Patience.call(
          () -> {
            session.preview(lease.leaseId(), preview);
            return preview;
          },
          () -> !hold.requested());
      return ending.complete(
          "succeeded",
          false,
          Map.of("rows", preview.rows().size(), "columns", preview.columns().size()),
          null);
    }
  }

  private Preview preview(AssetKey asset, AssetSpec spec, LeaseLedger ledger) {
    var run = hold.lease().run();
    OutputDeclaration output = spec.output(asset);
    var stored =
        new StoredAssets.Stored(
            Optional.of(declared(asset, spec, output)),
            ledger.latest(asset, run.partitions().isEmpty() ? List.of("") : run.partitions()));
    try (var values =
        new StoredValues(
            _ -> stored,
            _ -> execution.managers(run.overrides()),
            _ -> type(output),
            execution.clock())) {
      var value = values.of(asset.toString());
      for (String partition : run.partitions()) {
        value = value.partition(partition);
      }
      var made = value.materializations();
      try (var rows = value.rows()) {
        return FirstRows.of(
                rows.peek(_ -> hold.throwIfRequested()).iterator(),
                PreviewOptions.of(run.options()).rows())
            .preview(hold.lease().runId(), asset.toString(), made.getFirst());
      }
    }
  }

  private static StoredAssets.Declared declared(
      AssetKey asset, AssetSpec spec, OutputDeclaration output) {
    return new StoredAssets.Declared(
        new UpstreamOutput(
            asset,
            output.name(),
            output.metadata(),
            output.options(),
            Optional.of(output.ioManager())),
        output.stored(),
        spec.partitions());
  }

  private Optional<Type> type(OutputDeclaration output) {
    return output.stored()
        ? Optional.of(DeclaredTypes.resolve(output.storedType(), execution.functions()::type))
        : Optional.empty();
  }
}
