package io.stowage.worker;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
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
import io.stowage.protocol.ReleaseRequest;
import io.stowage.worker.RunAttempt.End;
import io.stowage.worker.RunAttempt.Ending;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One lease on a run that shows the first rows of what is stored. */
final class PreviewAttempt {
  private static final System.Logger LOG = System.getLogger(PreviewAttempt.class.getName());

  private final Execution execution;
  private final ControlPlane.Session session;
  private final LeaseHold hold;
  private final Ending ending;
  private final Function<String, End> release;

  PreviewAttempt(
      Execution execution,
      ControlPlane.Session session,
      LeaseHold hold,
      Ending ending,
      Function<String, End> release) {
    this.execution = execution;
    this.session = session;
    this.hold = hold;
    this.ending = ending;
    this.release = release;
  }

  End run() {
    Lease lease = hold.lease();
    AssetKey asset = AssetKey.of(lease.run().assets().getFirst());
    Optional<AssetSpec> spec = execution.graph().producer(asset);
    if (spec.isEmpty()) {
      return release.apply(ReleaseRequest.UNKNOWN_ASSET);
    }
    LOG.log(Level.INFO, "run {0} starts: a preview of {1}", lease.runId(), asset);
    try (var ledger = new LeaseLedger(session, hold)) {
      Preview preview = preview(asset, spec.get(), ledger);
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
    } catch (StowageException e) {
      return stopped(e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "run " + lease.runId() + " failed by a fault of the worker", e);
      return failed(new StowageException(ErrorCode.INTERNAL_ERROR, e.toString(), e));
    }
  }

  private Preview preview(AssetKey asset, AssetSpec spec, LeaseLedger ledger) {
    var run = hold.lease().run();
    OutputDeclaration output = spec.output(asset);
    StoredAssets stored =
        wanted ->
            new StoredAssets.Stored(
                Optional.of(declared(asset, spec, output)),
                ledger.latest(
                    asset, wanted.partitions().isEmpty() ? List.of("") : wanted.partitions()));
    try (var values =
        new StoredValues(
            stored,
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

  private End stopped(StowageException e) {
    return switch (hold.state()) {
      case LOST -> End.LOST;
      case RELEASE -> release.apply("the worker was told to stop");
      case CANCEL ->
          ending.complete(
              "canceled", false, null, RunAttempt.error(ErrorCode.CANCELED, "canceled", List.of()));
      case HELD -> failed(e);
    };
  }

  private End failed(StowageException e) {
    ErrorKind kind = e.kind();
    return ending.complete(
        "failed",
        hold.lease().run().retries(kind),
        null,
        RunAttempt.error(e.code(), String.valueOf(e.getMessage()), causes(e)));
  }

  private static List<String> causes(@Nullable Throwable e) {
    Throwable cause = e == null ? null : e.getCause();
    return cause == null ? List.of() : List.of(cause.toString());
  }
}
