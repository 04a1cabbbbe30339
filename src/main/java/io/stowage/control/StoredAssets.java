package io.stowage.control;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetSpec;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.ledger.Runs;
import io.stowage.control.queue.Materializations;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.StoredAnswer;
import io.stowage.protocol.StoredRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Answers who wants to read an asset from outside a run. */
final class StoredAssets {
  private final Catalogs catalogs;
  private final Materializations materializations;
  private final Runs runs;

  StoredAssets(Catalogs catalogs, Materializations materializations, Runs runs) {
    this.catalogs = catalogs;
    this.materializations = materializations;
    this.runs = runs;
  }

  /**
   * @throws StowageException {@code NOT_FOUND} where neither a catalog nor the ledger knows the
   *     asset, or there is no such run; {@code UNKNOWN_PARTITION} where a partition is neither
   *     stored nor one of the asset; {@code INVALID_REQUEST} for an op's output without a run
   */
  StoredAnswer answer(StoredRequest given, PartitionContext context) {
    StoredRequest request = ofRun(given);
    AssetKey declared = AssetKey.of(given.asset());
    AssetKey asset = AssetKey.of(request.asset());
    Optional<AssetSpec> spec =
        catalogs.all().values().stream()
            .flatMap(catalog -> catalog.graph().producer(declared).stream())
            .findFirst();
    var found =
        found(request).stream().sorted(Comparator.comparing(MaterializationView::partition));
    var stored = found.toList();
    if (spec.isEmpty() && stored.isEmpty()) {
      throw new StowageException(
          ErrorCode.NOT_FOUND,
          "there is no asset '" + asset + "': no queue's catalog has it, and none was stored");
    }
    spec.ifPresent(known -> check(request, known, stored, context));
    return new StoredAnswer(
        asset.toString(), spec.map(known -> definition(declared, known)).orElse(null), stored);
  }

  /** An op's output is known by the run. */
  private StoredRequest ofRun(StoredRequest request) {
    AssetKey key = AssetKey.of(request.asset());
    Optional<AssetSpec> op =
        catalogs.all().values().stream()
            .flatMap(catalog -> catalog.graph().producer(key).stream())
            .filter(AssetSpec::isOp)
            .findFirst();
    if (op.isEmpty()) {
      return request;
    }
    if (request.run() == null) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "'%s' is an op's output, of which each run has its own: say which run it is to be as of"
              .formatted(key));
    }
    AssetKey ofRun =
        AssetKey.ofRun(request.run().toString(), op.get().step(), op.get().output(key).name());
    return new StoredRequest(ofRun.toString(), request.partitions(), request.at(), request.run());
  }

  private List<MaterializationView> found(StoredRequest request) {
    if (request.run() != null) {
      Instant ended = runs.run(request.run()).finishedAt();
      return materializations.ofRun(
          request.asset(),
          request.partitions(),
          request.run(),
          Objects.requireNonNullElseGet(ended, Instant::now));
    }
    return request.at() != null
        ? materializations.at(request.asset(), request.partitions(), sensible(request.at()))
        : materializations.current(request.asset(), request.partitions());
  }

  /** Within what a database calls a time. */
  private static Instant sensible(Instant at) {
    Instant now = Instant.now();
    return at.isAfter(now) ? now : at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at;
  }

  /** What is stored may be read, also where the definition has left it behind. */
  private static void check(
      StoredRequest request,
      AssetSpec spec,
      List<MaterializationView> stored,
      PartitionContext context) {
    var there = new HashSet<String>();
    stored.forEach(each -> there.add(each.partition()));
    for (String partition : Objects.requireNonNullElse(request.partitions(), List.<String>of())) {
      if (there.contains(partition)) {
        continue;
      }
      spec.partitions()
          .ifPresentOrElse(
              definition -> definition.parse(partition, context),
              () -> {
                throw new StowageException(
                    ErrorCode.UNKNOWN_PARTITION,
                    "asset '"
                        + request.asset()
                        + "' has no partitions, but '"
                        + partition
                        + "' is asked for");
              });
    }
  }

  private static StoredAnswer.Definition definition(AssetKey asset, AssetSpec spec) {
    var output =
        spec.outputs().stream()
            .filter(each -> each.asset().equals(asset))
            .findFirst()
            .orElseThrow();
    return new StoredAnswer.Definition(
        output.name(),
        output.ioManager(),
        output.stored(),
        output.metadata(),
        output.options(),
        spec.partitions().map(PartitionsDefinition::toData).orElse(null));
  }
}
