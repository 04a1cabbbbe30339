package io.stowage.plan;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.MappedPartitions;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionMapper;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.AssetSpec.WiredInput;
import io.stowage.catalog.CheckDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Works out the steps of one run. For one thread. */
final class Planner {
  private final RunRequest request;
  private final AssetGraph graph;
  private final PartitionContext context;
  private final CustomMappings customs;
  private final PartitionGroups groups;
  private final Map<String, Set<PartitionKey>> chosen = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> refusals = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final CheckGates gates = new CheckGates();

  /** All partitions of a step, where a step needs them whatever its own are. */
  private final Map<String, MappedPartitions> wholes = new HashMap<>();

  private int next;

  Planner(
      RunRequest request,
      AssetGraph graph,
      PartitionContext context,
      CustomMappings customs,
      PartitionGroups groups) {
    this.request = request;
    this.graph = graph;
    this.context = context;
    this.customs = customs;
    this.groups = groups;
  }

  RunPlan plan() {
    var steps = new ArrayList<PlannedStep>();
    steps(steps::add);
    return new RunPlan(request, steps, context, this::inputs);
  }

  void steps(Consumer<PlannedStep> steps) {
    var selected = selected();
    selected.forEach(this::take);
    refuseUntaken();
    // From downstream to upstream: what is mapped is known before the one that it is mapped to.
    selected.reversed().forEach(spec -> choose(spec, selected));
    refuseFaults(ErrorCode.UNKNOWN_PARTITION);
    number(selected, steps);
  }

  private List<AssetSpec> selected() {
    if (request.isJob()) {
      return job();
    }
    var names = new HashSet<String>();
    for (AssetKey key : request.assets()) {
      Optional<AssetSpec> producer = graph.producer(key);
      if (producer.isEmpty()) {
        faults.add("this worker has no asset '" + key + "'");
      }
      producer.ifPresent(spec -> names.add(spec.step()));
    }
    refuseFaults(ErrorCode.UNKNOWN_ASSET);
    return graph.steps().stream()
        .filter(spec -> names.contains(producerOf(spec).map(AssetSpec::step).orElse(spec.step())))
        .toList();
  }

  private List<AssetSpec> job() {
    var ops = List.copyOf(graph.job(request.jobName()));
    if (ops.isEmpty()) {
      faults.add("this worker has no job '" + request.jobName() + "'");
    }
    refuseFaults(ErrorCode.UNKNOWN_ASSET);
    return ops;
  }

  /** Of a check the step that computes what it checks; empty for an asset's own step. */
  private Optional<AssetSpec> producerOf(AssetSpec check) {
    return check.check().flatMap(checked -> graph.producer(checked.asset()));
  }

  private void refuseFaults(ErrorCode code) {
    if (!faults.isEmpty()) {
      throw new StowageException(code, String.join("; ", faults));
    }
  }

  /** The requested partitions that are of the asset's own definition. */
  private void take(AssetSpec spec) {
    if (spec.partitions().isEmpty() || spec.check().isPresent()) {
      return;
    }
    var keys = chosen.computeIfAbsent(spec.step(), _ -> new LinkedHashSet<>());
    for (String text : request.partitions()) {
      try {
        keys.add(spec.partitions().get().parse(text, context));
        taken.add(text);
      } catch (StowageException e) {
        refusals.putIfAbsent(text, "asset '" + spec.step() + "': " + e.getMessage());
      }
    }
  }

  private void refuseUntaken() {
    for (String text : request.partitions()) {
      if (!taken.contains(text)) {
        String refusal = refusals.get(text);
        faults.add(
            refusal != null
                ? refusal
                : (request.isJob()
                        ? "job '" + request.jobName() + "' has no"
                        : "none of " + request.assets() + " has")
                    + " partitions: leave '"
                    + text
                    + "' out");
      }
    }
    refuseFaults(ErrorCode.UNKNOWN_PARTITION);
  }

  private void choose(AssetSpec spec, List<AssetSpec> selected) {
    if (spec.partitions().isEmpty() || spec.check().isPresent()) {
      return;
    }
    var keys = chosen.getOrDefault(spec.step(), new LinkedHashSet<>());
    if (keys.isEmpty()) {
      selected.forEach(consumer -> keys.addAll(neededBy(consumer, spec)));
    }
    if (keys.isEmpty() && selected.stream().anyMatch(consumer -> mapsBlindly(consumer, spec))) {
      if (groups == PartitionGroups.OF_A_BACKFILL) {
        faults.add(
            "the partitions of asset '"
                + spec.step()
                + "' follow from a custom mapping, which a worker works out when the run is there: name them as well");
      }
    } else if (keys.isEmpty()) {
      faults.add(
          "asset '"
              + spec.step()
              + "' has partitions: "
              + (request.partitions().isEmpty()
                  ? "name one"
                  : "none of " + request.partitions() + " is one, nor mapped to one"));
    }
  }

  /** Whether nobody here knows which partitions the consumer needs. */
  private boolean mapsBlindly(AssetSpec consumer, AssetSpec producer) {
    return consumer.inputs().stream()
        .anyMatch(
            input ->
                isOpaque(input)
                    && producer.outputs().stream()
                        .anyMatch(output -> output.asset().equals(input.asset())));
  }

  private boolean isOpaque(WiredInput input) {
    return input.declaration().mapping() instanceof PartitionMapping.Custom(String name)
        && customs.find(name).isEmpty();
  }

  private Set<PartitionKey> neededBy(AssetSpec consumer, AssetSpec producer) {
    var keys = new LinkedHashSet<PartitionKey>();
    if (consumer.check().isPresent()) {
      return keys; // it looks at what is there, and asks for nothing to be computed
    }
    for (WiredInput input : consumer.inputs()) {
      if (producer.outputs().stream().anyMatch(output -> output.asset().equals(input.asset()))) {
        keys.addAll(
            map(
                    consumer,
                    List.copyOf(chosen.getOrDefault(consumer.step(), Set.of())),
                    input,
                    producer)
                .existing());
      }
    }
    return keys;
  }

  private MappedPartitions map(
      AssetSpec consumer, List<PartitionKey> keys, WiredInput input, AssetSpec producer) {
    if (input.declaration().mapping() instanceof PartitionMapping.Custom(String name)) {
      var mapper = new CustomMapper(context);
      return customs
          .find(name)
          .map(found -> mapper.map(found, consumer, keys, input, producer.partitions()))
          .orElse(MappedPartitions.NONE);
    }
    if (input.declaration().mapping() instanceof PartitionMapping.AllPartitions
        && !keys.isEmpty()) {
      return wholes.computeIfAbsent(
          producer.step(), _ -> upstream(consumer, keys, input, producer));
    }
    return upstream(consumer, keys, input, producer);
  }

  private MappedPartitions upstream(
      AssetSpec consumer, List<PartitionKey> keys, WiredInput input, AssetSpec producer) {
    return PartitionMapper.upstreamKeys(
        consumer.partitions(), keys, producer.partitions(), input.declaration().mapping(), context);
  }

  private void number(List<AssetSpec> selected, Consumer<PlannedStep> steps) {
    var places = new HashMap<AssetKey, Map<String, Integer>>();
    for (AssetSpec spec : selected) {
      for (List<PartitionKey> keys : groups.of(spec, keys(spec), context)) {
        if (!isCheckedAtOnce(spec)) {
          add(spec, keys, steps, places);
        }
        if (spec.readsItself()) {
          selected.stream()
              .filter(each -> isCheckedAtOnce(each) && producerOf(each).orElseThrow().equals(spec))
              .forEach(check -> addEach(check, keys, steps, places));
        }
      }
    }
  }

  /** In the definition's order where a partition needs earlier ones. */
  private Collection<PartitionKey> keys(AssetSpec spec) {
    AssetSpec producer = producerOf(spec).orElse(spec);
    Set<PartitionKey> keys = chosen.getOrDefault(producer.step(), Set.of());
    return producer.readsItself() && !keys.isEmpty()
        ? producer.partitions().orElseThrow().ranges(keys, context).stream()
            .flatMap(List::stream)
            .toList()
        : keys;
  }

  /** Whether later partitions of the asset wait for the check of an earlier one. */
  private boolean isCheckedAtOnce(AssetSpec spec) {
    return spec.check().filter(CheckDeclaration::blocking).isPresent()
        && producerOf(spec).filter(AssetSpec::readsItself).isPresent();
  }

  private void addEach(
      AssetSpec check,
      List<PartitionKey> keys,
      Consumer<PlannedStep> steps,
      Map<AssetKey, Map<String, Integer>> places) {
    groups.of(check, keys, context).forEach(each -> add(check, each, steps, places));
  }

  private void add(
      AssetSpec spec,
      List<PartitionKey> partitions,
      Consumer<PlannedStep> steps,
      Map<AssetKey, Map<String, Integer>> places) {
    var inputs = inputs(spec, partitions);
    var after = new HashSet<Integer>();
    for (PlannedInput input : inputs) {
      var made = places.getOrDefault(input.wired().asset(), Map.of());
      if (input.partitioned() && !isOpaque(input.wired())) {
        input
            .partitions()
            .forEach(key -> Optional.ofNullable(made.get(key.text())).ifPresent(after::add));
      } else {
        after.addAll(made.values());
      }
    }
    spec.declaration()
        .after()
        .forEach(key -> after.addAll(places.getOrDefault(key, Map.of()).values()));
    for (String text : PlannedStep.texts(partitions)) {
      after.addAll(gates.before(spec, text, inputs, places));
    }
    var step = new PlannedStep(next++, spec, partitions, inputs, after);
    steps.accept(step);
    gates.add(step);
    spec.outputs()
        .forEach(output -> put(step, places.computeIfAbsent(output.asset(), _ -> new HashMap<>())));
  }

  private static void put(PlannedStep step, Map<String, Integer> places) {
    step.partitionTexts().forEach(text -> places.put(text, step.place()));
  }

  List<PlannedInput> inputs(AssetSpec spec, List<PartitionKey> partitions) {
    return spec.inputs().stream().map(input -> planned(spec, partitions, input)).toList();
  }

  private PlannedInput planned(AssetSpec spec, List<PartitionKey> partitions, WiredInput input) {
    boolean ranged = spec.declaration().ranged();
    Optional<AssetSpec> producer = graph.producer(input.asset());
    if (input.external() || producer.isEmpty() || producer.get().partitions().isEmpty()) {
      return new PlannedInput(input, List.of(), false, input.external() && ranged);
    }
    var mapped = map(spec, partitions, input, producer.get());
    var keys = new ArrayList<>(mapped.existing());
    if (spec.readsItself(input)) {
      keys.removeAll(partitions); // and what is missing is before the first, which has none
    } else if (!input.declaration().allowMissingPartitions()) {
      keys.addAll(mapped.missing());
    }
    boolean same = spec.partitions().equals(producer.get().partitions());
    return new PlannedInput(
        input,
        keys,
        true,
        keys.size() > 1 || mayNameSeveral(input.declaration().mapping(), same, ranged));
  }

  private static boolean mayNameSeveral(
      PartitionMapping mapping, boolean sameDefinition, boolean ranged) {
    return switch (mapping) {
      case PartitionMapping.LastPartition _ -> false;
      case PartitionMapping.Identity _ -> ranged;
      case PartitionMapping.Automatic _ -> ranged || !sameDefinition;
      case PartitionMapping.TimeWindows(int start, int end) ->
          ranged || !sameDefinition || start != end;
      case PartitionMapping.SpecificPartitions(List<String> partitions) -> partitions.size() > 1;
      case PartitionMapping.AllPartitions _,
          PartitionMapping.DimensionToSingle _,
          PartitionMapping.PerDimension _,
          PartitionMapping.StaticMapping _,
          PartitionMapping.Custom _ ->
          true;
    };
  }
}
