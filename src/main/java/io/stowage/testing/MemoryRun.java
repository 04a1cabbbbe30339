package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.engine.Engine;
import io.stowage.engine.EngineMetrics;
import io.stowage.engine.RunScope;
import io.stowage.plan.RunPlan;
import io.stowage.plan.RunRequest;
import io.stowage.plan.Selection;
import io.stowage.testing.Storage.Place;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of annotated classes. */
final class MemoryRun {
  private static final int MOST_STEPS = 4;

  private final AnnotatedClasses classes;
  private final Storage storage;
  private final Wanted wanted;
  private final String runId;
  private final Clock clock;
  private final GivenManagers managers;

  MemoryRun(AnnotatedClasses classes, Storage storage, Wanted wanted, String runId) {
    this.classes = classes;
    this.storage = storage;
    this.wanted = wanted;
    this.runId = runId;
    this.clock =
        wanted.now() == null ? Clock.systemUTC() : Clock.fixed(wanted.now(), ZoneOffset.UTC);
    this.managers = new GivenManagers(wanted.managers(), wanted.values(), storage);
  }

  Materialized run() {
    NamedManagers.check(classes.graph(), wanted.managers());
    var job = job();
    var request =
        new RunRequest(
            runId,
            job.orElse(RunRequest.ASSETS),
            job.isPresent() ? List.of() : List.copyOf(selected()),
            wanted.partitions(),
            wanted.tags(),
            Map.of());
    var plan =
        RunPlan.of(
            request,
            classes.graph(),
            partitions(request),
            name -> Optional.of(AnnotatedClasses.mapping(name)));
    wanted.values().values().forEach(this::storeAsEarlier);
    var ledger = storage.new RunLedger(runId, clock);
    var scope = new RunScope(classes.graph(), classes, managers, ledger, List.of(), () -> false, 1);
    var ended = new Engine(MOST_STEPS, EngineMetrics.NONE, clock, _ -> {}).run(plan, scope);
    var made = new MadeValues(classes.graph(), runId, ledger.made());
    return new Materialized(
        runId, ended, made, ledger.events(), new StoredValues(classes, managers, made));
  }

  private Optional<String> job() {
    var graph = classes.graph();
    wanted.values().assets().forEach(this::checkKnown);
    String job = wanted.job();
    if (job == null) {
      return graph.keys().isEmpty() && graph.jobs().size() == 1 && wanted.words().isEmpty()
          ? Optional.of(graph.jobs().getFirst())
          : Optional.empty();
    }
    if (!wanted.words().isEmpty()) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "job '" + job + "' is to run, and assets are selected: leave one of them out");
    }
    if (!graph.jobs().contains(job)) {
      throw new StowageException(
          ErrorCode.UNKNOWN_ASSET, "there is no job '" + job + "': there are " + graph.jobs());
    }
    return Optional.of(job);
  }

  private PartitionContext partitions(RunRequest request) {
    var definitions =
        classes.graph().steps().stream()
            .filter(spec -> isAsked(spec, request))
            .flatMap(spec -> spec.partitions().stream())
            .toList();
    var named = NamedKeys.of(definitions, wanted.partitions());
    return named
        .at(clock.instant())
        .withDynamicKeys(
            name ->
                Stream.concat(
                        wanted.dynamicKeys().getOrDefault(name, List.of()).stream(),
                        named.of(name).stream())
                    .distinct()
                    .toList());
  }

  private static boolean isAsked(AssetSpec spec, RunRequest request) {
    return request.isJob()
        ? spec.declaration().job().filter(job -> job.name().equals(request.jobName())).isPresent()
        : spec.outputs().stream().anyMatch(output -> request.assets().contains(output.asset()));
  }

  private Set<AssetKey> selected() {
    var given = wanted.values().assets();
    if (!wanted.words().isEmpty()) {
      return Selection.of(wanted.words(), classes.graph());
    }
    var all = new TreeSet<>(classes.graph().keys());
    all.removeAll(given);
    if (all.isEmpty()) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "every asset was given a value, so there is nothing to run: select one");
    }
    return all;
  }

  private void checkKnown(AssetKey asset) {
    var external = new LinkedHashSet<AssetKey>();
    for (AssetSpec spec : classes.graph().steps()) {
      spec.inputs().stream()
          .filter(AssetSpec.WiredInput::external)
          .forEach(input -> external.add(input.asset()));
    }
    if (!external.contains(asset) && !classes.graph().keys().contains(asset)) {
      throw new StowageException(
          ErrorCode.UNKNOWN_ASSET,
          "a value was given for '%s', but nobody loads or computes it: the external assets are %s, the others %s"
              .formatted(asset, external, classes.graph().keys()));
    }
  }

  /** As if an earlier run had materialized the asset. An external one is supplied when loaded. */
  private void storeAsEarlier(Place place, @Nullable Object value) {
    Optional<AssetSpec> producer = classes.graph().producer(place.asset());
    if (producer.isEmpty()) {
      return;
    }
    OutputDeclaration output =
        producer.get().outputs().stream()
            .filter(each -> each.asset().equals(place.asset()))
            .findFirst()
            .orElseThrow();
    var type = classes.stored(output);
    var context =
        OutputContexts.of(place.asset().toString(), type)
            .outputName(output.name())
            .definitionMetadata(output.metadata())
            .options(output.options())
            .step(producer.get().step());
    if (output.nullable()) {
      context.nullable();
    }
    partitioned(context, producer.get().partitions(), place);
    storage.committed(
        output.stored()
            ? stored(output, context.build(), value)
            : context.build().materialization());
  }

  private static void partitioned(
      OutputContexts context, Optional<PartitionsDefinition> definition, Place place) {
    if (definition.isPresent() == place.partition().isEmpty()) {
      throw new StowageException(
          ErrorCode.UNKNOWN_PARTITION,
          definition.isPresent()
              ? "asset '%s' has partitions: give its value by input(\"%s\", partition, value)"
                  .formatted(place.asset(), place.asset())
              : "asset '%s' has no partitions, but a value was given for '%s'"
                  .formatted(place.asset(), place.partition()));
    }
    if (definition.isPresent()) {
      context.partitions(definition.get()).partition(place.partition());
    }
  }

  private Materialization stored(
      OutputDeclaration output, RecordedOutput context, @Nullable Object value) {
    try {
      managers
          .storing(output.ioManager())
          .handleOutput(context, GivenValues.as(context.type(), value));
      return context.materialization();
    } catch (StowageException e) {
      throw e;
    } catch (Exception e) {
      throw new StowageException(
          ErrorCode.ASSET_FAILED,
          "the value given for '%s' cannot be stored by IO manager '%s': %s"
              .formatted(output.asset(), output.ioManager(), e),
          e);
    }
  }
}
