package io.stowage.control;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetSpec;
import io.stowage.control.backfill.Backfills;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.ledger.Catalogs.Catalog;
import io.stowage.control.ledger.DynamicPartitions;
import io.stowage.control.ledger.MaterializationHistory;
import io.stowage.control.ledger.Runs;
import io.stowage.control.queue.QueueStatistics;
import io.stowage.control.queue.RunQueue;
import io.stowage.protocol.AssetView;
import io.stowage.protocol.BackfillRequest;
import io.stowage.protocol.CatalogPush;
import io.stowage.protocol.CheckView;
import io.stowage.protocol.JobView;
import io.stowage.protocol.Page;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.StoredAnswer;
import io.stowage.protocol.StoredRequest;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of the control plane, each request in one call. */
public final class ControlPlane {
  private final RunQueue queue;
  private final QueueStatistics statistics;
  private final Catalogs catalogs;
  private final Runs runs;
  private final MaterializationHistory history;
  private final DynamicPartitions dynamic;
  private final Backfills backfills;
  private final RunRequests requests;

  ControlPlane(
      RunQueue queue,
      QueueStatistics statistics,
      Catalogs catalogs,
      Runs runs,
      MaterializationHistory history,
      DynamicPartitions dynamic,
      Backfills backfills) {
    this.queue = queue;
    this.statistics = statistics;
    this.catalogs = catalogs;
    this.runs = runs;
    this.history = history;
    this.dynamic = dynamic;
    this.backfills = backfills;
    this.requests = new RunRequests(queue, statistics, catalogs, runs, dynamic);
  }

  public RunQueue queue() {
    return queue;
  }

  public QueueStatistics statistics() {
    return statistics;
  }

  public Catalogs catalogs() {
    return catalogs;
  }

  public Runs runs() {
    return runs;
  }

  public MaterializationHistory history() {
    return history;
  }

  public DynamicPartitions dynamic() {
    return dynamic;
  }

  public Backfills backfills() {
    return backfills;
  }

  /** Checks the request against the queue's catalog, and queues the run. */
  public SubmitAnswer submit(
      SubmitRequest request, @Nullable String idempotencyKey, String principal) {
    return requests.submit(request, idempotencyKey, principal);
  }

  /** Takes or refuses runs, and runs again what has ended. */
  public RunRequests requests() {
    return requests;
  }

  private PartitionContext context() {
    return requests.context();
  }

  /** As {@link RunRequests#retry}. */
  public SubmitAnswer retry(UUID id, @Nullable String from, String principal) {
    return requests.retry(id, from, principal);
  }

  /**
   * @throws StowageException {@code NOT_FOUND} with a hint to send the catalog, where its hash is
   *     not known
   */
  public SessionAnswer open(SessionRequest request, String principal) {
    if (request.protocol() != SessionRequest.PROTOCOL) {
      throw new StowageException(
          ErrorCode.UPGRADE_REQUIRED,
          "the worker speaks protocol "
              + request.protocol()
              + ", this control plane "
              + SessionRequest.PROTOCOL
              + ": upgrade the older one");
    }
    if (request.catalog() != null) {
      catalogs.register(request.catalogHash(), request.catalog());
    } else if (!catalogs.knows(request.catalogHash())) {
      throw new StowageException(
          ErrorCode.NOT_FOUND,
          "the catalog '" + request.catalogHash() + "' is not known: send it with the session");
    }
    return queue.sessions().open(request, principal);
  }

  /** Keeps the catalog, and makes it the current one of the queues. */
  public void push(CatalogPush push) {
    catalogs.register(push.hash(), push.catalog());
    queue.sessions().makeCurrent(push.queues(), push.hash());
  }

  /** Partitions that are not named are all that there are, at most a million. */
  public Backfills.Taken backfill(
      BackfillRequest request, @Nullable String idempotencyKey, String principal) {
    return new BackfillRequests(requests, backfills).submit(request, idempotencyKey, principal);
  }

  /** All assets of all queues' current catalogs. */
  public List<AssetView> assets() {
    var counts = history.materializedPartitions();
    var views = new ArrayList<AssetView>();
    catalogs
        .all()
        .forEach(
            (name, catalog) -> {
              for (AssetKey key : catalog.graph().keys()) {
                AssetSpec spec = catalog.graph().producer(key).orElseThrow();
                if (spec.declaration().queue().equals(name)) {
                  views.add(view(key, spec, counts.getOrDefault(key.toString(), 0L), false));
                }
              }
            });
    return views;
  }

  /** All jobs of all queues' current catalogs. */
  public List<JobView> jobs() {
    var views = new ArrayList<JobView>();
    catalogs
        .all()
        .forEach(
            (name, catalog) ->
                catalog.graph().jobs().stream()
                    .map(job -> JobView.of(job, catalog.graph().job(job)))
                    .filter(view -> view.queue().equals(name))
                    .forEach(views::add));
    return views;
  }

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public AssetView asset(String key) {
    AssetKey asked = AssetKey.of(key);
    for (Catalog catalog : catalogs.all().values()) {
      Optional<AssetSpec> spec = catalog.graph().asset(asked);
      if (spec.isPresent()) {
        return view(
            asked, spec.get(), history.materializedPartitions().getOrDefault(key, 0L), true);
      }
    }
    throw new StowageException(
        ErrorCode.NOT_FOUND, "there is no asset '" + key + "' in any queue's catalog");
  }

  /**
   * What checks of the asset found, newest first.
   *
   * @throws StowageException {@code NOT_FOUND} where no queue's catalog has the asset
   */
  public List<CheckView> checks(
      String key, @Nullable String partition, @Nullable String check, int limit) {
    var found = runs.checks().list(AssetKey.of(key).toString(), partition, check, limit);
    if (found.isEmpty()) {
      asset(key);
    }
    return found;
  }

  private AssetView view(AssetKey key, AssetSpec spec, long materialized, boolean latest) {
    var output =
        spec.outputs().stream().filter(each -> each.asset().equals(key)).findFirst().orElseThrow();
    Page<io.stowage.protocol.MaterializationView> newest =
        latest
            ? history.list(
                new MaterializationHistory.Filter(key.toString(), null, null, false), null, 1)
            : new Page<>(List.of(), null);
    return new AssetView(
        key.toString(),
        spec.declaration().group(),
        spec.declaration().queue(),
        output.description().isEmpty() ? spec.declaration().description() : output.description(),
        spec.declaration().tags(),
        output.ioManager(),
        new TreeSet<>(spec.upstream()).stream().map(AssetKey::toString).toList(),
        spec.partitions().map(PartitionsDefinition::toData).orElse(null),
        materialized,
        newest.items().stream().findFirst().orElse(null));
  }

  /** What is stored of an asset now, at a time or by a run, and how to read it. */
  public StoredAnswer stored(StoredRequest request) {
    return new StoredAssets(catalogs, queue.materializations(), runs).answer(request, context());
  }

  /** The keys of an asset's partitions. */
  public List<String> partitions(String asset) {
    for (Catalog catalog : catalogs.all().values()) {
      Optional<AssetSpec> spec = catalog.graph().asset(AssetKey.of(asset));
      if (spec.isPresent()) {
        return spec
            .get()
            .partitions()
            .map(definition -> definition.keys(context()))
            .orElse(List.of())
            .stream()
            .map(PartitionKey::text)
            .toList();
      }
    }
    throw new StowageException(
        ErrorCode.NOT_FOUND, "there is no asset '" + asset + "' in any queue's catalog");
  }
}
