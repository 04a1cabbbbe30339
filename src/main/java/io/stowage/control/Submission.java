package io.stowage.control;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetSpec;
import io.stowage.control.ledger.Catalogs.Catalog;
import io.stowage.plan.RunPlan;
import io.stowage.plan.RunRequest;
import io.stowage.plan.Selection;
import io.stowage.protocol.Problem.Fault;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a request against the queue's catalog. All faults are told in one answer. */
final class Submission {
  private static final int MOST_PARTITIONS = 10_000;

  private final Catalog catalog;
  private final PartitionContext context;
  private final Function<UUID, RunView> runs;
  private final List<Fault> faults = new ArrayList<>();

  /** Whose a definition is, in words. */
  private final Map<PartitionsDefinition, String> owners = new LinkedHashMap<>();

  /**
   * @param runs throws {@code NOT_FOUND} for one that is not known
   */
  Submission(Catalog catalog, PartitionContext context, Function<UUID, RunView> runs) {
    this.catalog = catalog;
    this.context = context;
    this.runs = runs;
  }

  /**
   * @throws Rejected with every fault
   */
  RunSpec check(SubmitRequest request, @Nullable UUID retryOf) {
    RunKind kind = kind(request);
    if (kind != RunKind.ASSET) {
      return checkKind(kind, request, retryOf);
    }
    String job = job(request);
    Set<AssetKey> assets = request.job() == null ? selected(request.assets()) : Set.of();
    List<String> partitions =
        job == null
            ? partitions(request, assets)
            : partitions(request, "job '" + job + "' has no", definitions(job));
    var overrides = new Overrides(catalog.document().ioManagers(), faults).of(request.config());
    new RequestLimits(this::fault).check(request);
    if (request.options() != null && !request.options().isEmpty()) {
      fault("options", ErrorCode.INVALID_REQUEST, "a run of kind 'asset' has no options");
    }
    var asOf = asOf(request.asOf());
    if (faults.isEmpty()) {
      attempt("partition", () -> plan(job, assets, partitions));
    }
    if (!faults.isEmpty()) {
      throw new Rejected(faults);
    }
    return new RunSpec(
        Objects.requireNonNullElse(job, RunRequest.ASSETS),
        assets.stream().map(AssetKey::toString).toList(),
        partitions,
        overrides,
        Objects.requireNonNullElse(request.tags(), Map.of()),
        request.timeout(),
        null,
        retryOf,
        RunKind.ASSET.word(),
        asOf);
  }

  private Map<String, String> asOf(@Nullable String text) {
    var options =
        text == null
            ? null
            : attempt("as_of", () -> new AsOfSubmission(runs, context.now()).options(text));
    return options == null ? Map.of() : options;
  }

  private RunKind kind(SubmitRequest request) {
    String word = Objects.requireNonNullElse(request.kind(), RunKind.ASSET.word());
    RunKind kind = attempt("kind", () -> RunKind.of(word));
    return kind == null ? RunKind.ASSET : kind;
  }

  private RunSpec checkKind(RunKind kind, SubmitRequest request, @Nullable UUID retryOf) {
    var overrides = new Overrides(catalog.document().ioManagers(), faults).of(request.config());
    new RequestLimits(this::fault).check(request);
    if (request.job() != null) {
      fault(
          "job",
          ErrorCode.INVALID_REQUEST,
          "a run of kind '" + kind.word() + "' is about assets: leave the job out");
    }
    if (request.asOf() != null) {
      fault(
          "as_of",
          ErrorCode.INVALID_REQUEST,
          "a run of kind '" + kind.word() + "' reads nothing: leave it out");
    }
    RunSpec spec = new KindSubmission(this, kind).spec(request, overrides, retryOf);
    if (!faults.isEmpty()) {
      throw new Rejected(faults);
    }
    return spec;
  }

  /** Null where assets are asked for, and where what is asked for is wrong. */
  private @Nullable String job(SubmitRequest request) {
    String job = request.job();
    if (job == null) {
      return null;
    }
    if (request.assets() != null && !request.assets().isEmpty()) {
      fault(
          "job",
          ErrorCode.INVALID_REQUEST,
          "both a job and assets are asked for: leave one of them out");
      return null;
    }
    var jobs = catalog.graph().jobs();
    if (!jobs.contains(job)) {
      fault(
          "job",
          ErrorCode.UNKNOWN_ASSET,
          "there is no job '"
              + job
              + "' in the queue's catalog: "
              + (jobs.isEmpty() ? "it has none" : "there are " + jobs));
      return null;
    }
    return job;
  }

  private RunPlan plan(@Nullable String job, Set<AssetKey> assets, List<String> partitions) {
    return RunPlan.of(
        new RunRequest(
            "new",
            Objects.requireNonNullElse(job, RunRequest.ASSETS),
            List.copyOf(assets),
            partitions,
            Map.of(),
            Map.of()),
        catalog.graph(),
        context);
  }

  Set<AssetKey> selected(@Nullable List<String> words) {
    var assets = new TreeSet<AssetKey>();
    if (words == null || words.isEmpty()) {
      fault(
          "assets",
          ErrorCode.INVALID_REQUEST,
          "no assets are selected: name a key, a group, or '*'");
      return assets;
    }
    for (int i = 0; i < words.size(); i++) {
      String word = Objects.requireNonNullElse(words.get(i), "");
      var found = attempt("assets[" + i + "]", () -> Selection.of(List.of(word), catalog.graph()));
      if (found != null) {
        assets.addAll(found);
      }
    }
    return assets;
  }

  List<String> partitions(SubmitRequest request, Set<AssetKey> assets) {
    // Without any assets, that has been told.
    return assets.isEmpty()
        ? partitions(request, "", List.of())
        : partitions(request, "none of " + assets + " has", definitions(assets));
  }

  /**
   * @param none what has no partitions, where nothing has; empty where it has been told
   */
  private List<String> partitions(
      SubmitRequest request, String none, List<PartitionsDefinition> definitions) {
    if (request.partition() != null && request.partitions() != null) {
      fault(
          "partitions",
          ErrorCode.INVALID_REQUEST,
          "both 'partition' and 'partitions' are given: give one of them");
      return List.of();
    }
    boolean given = request.partition() != null || request.partitions() != null;
    if (given && definitions.isEmpty() && !none.isEmpty()) {
      fault(
          "partition", ErrorCode.UNKNOWN_PARTITION, none + " partitions: leave the partition out");
      return List.of();
    }
    if (!given || definitions.isEmpty()) {
      return List.of();
    }
    return request.partition() != null
        ? one("partition", request.partition(), definitions)
        : several("partitions", request.partitions(), definitions);
  }

  /** Keys of a list, or of a range with both ends; of assets that have partitions. */
  List<String> partitions(Object given, Set<AssetKey> assets) {
    var definitions = definitions(assets);
    if (definitions.isEmpty() && !assets.isEmpty()) {
      fault(
          "partitions",
          ErrorCode.UNKNOWN_PARTITION,
          "none of " + assets + " has partitions: leave them out");
    }
    return definitions.isEmpty() ? List.of() : several("partitions", given, definitions);
  }

  /** Those of the assets, each once. */
  List<PartitionsDefinition> definitions(Set<AssetKey> assets) {
    return definitions(assets.stream().flatMap(key -> catalog.graph().producer(key).stream()));
  }

  private List<PartitionsDefinition> definitions(String job) {
    return definitions(catalog.graph().job(job).stream());
  }

  /** Each once; the first step that has it is named where it refuses a partition. */
  private List<PartitionsDefinition> definitions(Stream<AssetSpec> steps) {
    steps.forEach(
        spec ->
            spec.partitions()
                .ifPresent(
                    definition ->
                        owners.putIfAbsent(
                            definition, (spec.isOp() ? "op '" : "asset '") + spec.step() + "': ")));
    return List.copyOf(owners.keySet());
  }

  private List<String> one(
      String field, @Nullable Object value, List<PartitionsDefinition> definitions) {
    PartitionKey key = attemptEach(field, definitions, definition -> key(value, definition));
    return key == null ? List.of() : List.of(key.text());
  }

  @SuppressWarnings("unchecked")
  private PartitionKey key(@Nullable Object value, PartitionsDefinition definition) {
    return switch (value) {
      case String text -> definition.parse(text, context);
      case Map<?, ?> components -> definition.key((Map<String, String>) components, context);
      case null, default ->
          throw new StowageException(
              ErrorCode.INVALID_REQUEST, "a partition is text, or text by dimension");
    };
  }

  private List<String> several(
      String field, @Nullable Object value, List<PartitionsDefinition> definitions) {
    if (value instanceof List<?> list && list.size() <= MOST_PARTITIONS) {
      var keys = new ArrayList<String>();
      for (int i = 0; i < list.size(); i++) {
        keys.addAll(one(field + "[" + i + "]", list.get(i), definitions));
      }
      return keys;
    }
    if (value instanceof Map<?, ?> range && range.keySet().equals(Set.of("from", "to"))) {
      var keys =
          attemptEach(
              field,
              definitions,
              definition ->
                  definition.keysBetween(
                      key(range.get("from"), definition),
                      key(range.get("to"), definition),
                      context));
      return keys == null ? List.of() : keys.stream().map(PartitionKey::text).toList();
    }
    fault(
        field,
        ErrorCode.INVALID_REQUEST,
        "partitions are a list of at most "
            + MOST_PARTITIONS
            + " keys, or {\"from\": …, \"to\": …}");
    return List.of();
  }

  private interface FromDefinition<T> {
    T of(PartitionsDefinition definition);
  }

  /** The first definition that takes it: assets of a run share one, or are mapped from it. */
  private <T> @Nullable T attemptEach(
      String field, List<PartitionsDefinition> definitions, FromDefinition<T> reader) {
    @Nullable StowageException first = null;
    String owner = "";
    for (PartitionsDefinition definition : definitions) {
      try {
        return reader.of(definition);
      } catch (StowageException e) {
        if (first == null) {
          first = e;
          owner = owners.getOrDefault(definition, "");
        }
      } catch (ClassCastException e) {
        first =
            new StowageException(
                ErrorCode.INVALID_REQUEST, "the components of a partition are text", e);
      }
    }
    if (first != null) {
      fault(field, first.code(), owner + first.getMessage());
    }
    return null;
  }

  <T> @Nullable T attempt(String field, Supplier<T> work) {
    try {
      return work.get();
    } catch (StowageException e) {
      fault(field, e.code(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  void fault(String field, ErrorCode code, String message) {
    faults.add(new Fault(field, code.word(), message));
  }

  List<Fault> faults() {
    return faults;
  }
}
