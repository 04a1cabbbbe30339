package io.stowage.control;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.MultiPartitionsDefinition;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.SingleDimensionDefinition;
import io.stowage.api.partition.TimeWindowPartitionsDefinition;
import io.stowage.catalog.AssetSpec;
import io.stowage.control.ledger.AssetActivity;
import io.stowage.control.ledger.AssetActivity.Failure;
import io.stowage.control.ledger.AssetActivity.Place;
import io.stowage.control.ledger.AssetActivity.UnderWay;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.ledger.Catalogs.Catalog;
import io.stowage.control.ledger.DynamicPartitions;
import io.stowage.control.ledger.Workers;
import io.stowage.plan.CronUtilsSchedules;
import io.stowage.protocol.AssetStatus;
import io.stowage.protocol.MetadataSeries;
import io.stowage.protocol.PartitionStates;
import io.stowage.protocol.WorkerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How everything stands: assets and their partitions, workers; {@link Equipment} for the rest. */
public final class Overview {
  /** More than a plot has pixels. */
  private static final int MOST_POINTS = 1_000;

  private final Catalogs catalogs;
  private final AssetActivity activity;
  private final DynamicPartitions dynamic;
  private final Workers workers;
  private final Reused<Map<String, AssetActivity.Stored>> stored;

  Overview(Catalogs catalogs, AssetActivity activity, DynamicPartitions dynamic, Workers workers) {
    this.catalogs = catalogs;
    this.activity = activity;
    this.dynamic = dynamic;
    this.workers = workers;
    this.stored = new Reused<>(activity::stored, System::nanoTime);
  }

  public List<WorkerView> workers() {
    return workers.alive();
  }

  /** An asset where its queue has it. */
  public record Declared(String queue, Catalog catalog, AssetKey key, AssetSpec spec) {}

  /** All assets of all queues' current catalogs, by key. */
  public Collection<Declared> declared() {
    var declared = new TreeMap<String, Declared>();
    catalogs
        .all()
        .forEach(
            (queue, catalog) ->
                catalog.graph().keys().stream()
                    .map(
                        key ->
                            new Declared(
                                queue, catalog, key, catalog.graph().producer(key).orElseThrow()))
                    .filter(each -> each.spec().declaration().queue().equals(queue))
                    .forEach(each -> declared.put(each.key().toString(), each)));
    return declared.values();
  }

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public Declared declared(String key) {
    AssetKey asked = AssetKey.of(key);
    return declared().stream()
        .filter(each -> each.key().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.NOT_FOUND, "there is no asset '" + key + "' in any queue's catalog"));
  }

  /** All assets, and how they stand. */
  public List<AssetStatus> assets() {
    var declared = declared();
    var stands = stored.get();
    var underWay = activity.underWay();
    var failed = new HashMap<String, Integer>();
    failures(declared).forEach(place -> failed.merge(place.asset(), 1, Integer::sum));
    var context = context();
    var all = new ArrayList<AssetStatus>();
    for (Declared each : declared) {
      String key = each.key().toString();
      all.add(
          status(
              each,
              stands.get(key),
              underWay.getOrDefault(key, new UnderWay(0, 0)),
              failed.getOrDefault(key, 0),
              context));
    }
    return all;
  }

  /** How this one stands. */
  public AssetStatus asset(Declared declared) {
    String key = declared.key().toString();
    return status(
        declared,
        stored.get().get(key),
        activity.underWay(key),
        failures(List.of(declared)).size(),
        context());
  }

  private static AssetStatus status(
      Declared each,
      AssetActivity.@Nullable Stored stored,
      UnderWay runs,
      int failed,
      PartitionContext context) {
    AssetSpec spec = each.spec();
    var output = spec.output(each.key());
    long stale = stored == null ? 0 : stored.stale();
    return new AssetStatus(
        each.key().toString(),
        spec.declaration().group(),
        each.queue(),
        output.description().isEmpty() ? spec.declaration().description() : output.description(),
        spec.declaration().tags(),
        output.ioManager(),
        new TreeSet<>(spec.upstream()).stream().map(AssetKey::toString).toList(),
        runs.running() > 0
            ? "running"
            : failed > 0 ? "failed" : stale > 0 ? "stale" : stored != null ? "fresh" : "never",
        spec.partitions().map(definition -> definition.count(context)).orElse(null),
        stored == null ? 0 : stored.partitions(),
        stale,
        failed,
        runs.running(),
        runs.queued(),
        stored == null ? null : stored.newest());
  }

  /** What is current now of what a materialization has read. */
  public Map<Place, AssetActivity.Current> current(Collection<Place> places) {
    return activity.current(places);
  }

  /** Where a run of these failed, and nothing was stored since. */
  private Set<Place> failures(Collection<Declared> declared) {
    var steps = new HashMap<String, List<String>>();
    var partitioned = new HashMap<String, Boolean>();
    for (Declared each : declared) {
      String key = each.key().toString();
      steps.computeIfAbsent(each.spec().step(), _ -> new ArrayList<>()).add(key);
      partitioned.put(key, each.spec().partitions().isPresent());
    }
    var when = new HashMap<Place, Instant>();
    for (Failure failure : activity.failures()) {
      var assets =
          failure.step() == null ? failure.assets() : steps.getOrDefault(failure.step(), List.of());
      for (String asset : assets) {
        Boolean ofPartitions = partitioned.get(asset);
        if (ofPartitions != null) {
          places(asset, failure, ofPartitions)
              .forEach(place -> when.merge(place, failure.at(), Overview::later));
        }
      }
    }
    activity
        .current(when.keySet())
        .forEach(
            (place, current) -> {
              if (current.at().isAfter(Objects.requireNonNull(when.get(place)))) {
                when.remove(place);
              }
            });
    return when.keySet();
  }

  private static List<Place> places(String asset, Failure failure, boolean partitioned) {
    if (!partitioned) {
      return List.of(new Place(asset, ""));
    }
    return failure.partition() != null && !failure.partition().isEmpty()
        ? List.of(new Place(asset, failure.partition()))
        : failure.partitions().stream().map(key -> new Place(asset, key)).toList();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * How each partition of an asset stands; one without a key for an asset without partitions.
   *
   * @throws StowageException {@code NOT_FOUND}
   */
  public PartitionStates partitions(String asset) {
    Declared declared = declared(asset);
    String name = declared.key().toString();
    var stale = Meanwhile.begin(() -> activity.stale(name));
    var moving = Meanwhile.begin(() -> activity.moving(name));
    var context = context();
    var definition = declared.spec().partitions();
    List<String> keys =
        definition
            .map(each -> each.keys(context).stream().map(PartitionKey::text).toList())
            .orElse(List.of(""));
    var letters = new HashMap<String, Character>();
    var failed = failures(List.of(declared));
    stale.result().forEach((key, is) -> letters.put(key, is ? 's' : 'm'));
    failed.forEach(place -> letters.put(place.partition(), 'f'));
    moving.result().forEach((key, running) -> letters.put(key, running ? 'r' : 'q'));
    var states = new StringBuilder(keys.size());
    keys.forEach(key -> states.append(letters.getOrDefault(key, '.').charValue()));
    return new PartitionStates(
        name,
        definition.map(each -> dimensions(each, context)).orElse(List.of()),
        keys,
        states.toString(),
        counts(states));
  }

  private static List<PartitionStates.Dimension> dimensions(
      PartitionsDefinition definition, PartitionContext context) {
    Collection<SingleDimensionDefinition> all =
        switch (definition) {
          case SingleDimensionDefinition one -> List.of(one);
          case MultiPartitionsDefinition several -> several.byDimension().values();
        };
    return all.stream()
        .map(
            each ->
                new PartitionStates.Dimension(
                    each.dimension(),
                    each instanceof TimeWindowPartitionsDefinition,
                    each.keys(context).stream()
                        .map(key -> key.dimensions().firstEntry().getValue())
                        .toList()))
        .toList();
  }

  private static Map<String, Integer> counts(CharSequence states) {
    var words =
        Map.of(
            '.', "missing", 'm', "fresh", 's', "stale", 'f', "failed", 'q', "queued", 'r',
            "running");
    var counts = new TreeMap<String, Integer>();
    states.chars().forEach(letter -> counts.merge(words.get((char) letter), 1, Integer::sum));
    return counts;
  }

  /**
   * A number of metadata over partitions and over time.
   *
   * @throws StowageException {@code NOT_FOUND}
   */
  public MetadataSeries series(String asset, String label) {
    String key = declared(asset).key().toString();
    var partitions = activity.overPartitions(key, label);
    return new MetadataSeries(
        key,
        label,
        partitions.size(),
        Thinned.of(partitions, MOST_POINTS, MetadataSeries.Point::value),
        activity.overTime(key, label));
  }

  private PartitionContext context() {
    return dynamic.context().withCrons(new CronUtilsSchedules());
  }
}
