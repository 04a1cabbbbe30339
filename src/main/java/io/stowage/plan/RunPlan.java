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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a run, each after those it needs: one for each asset and partition.
 *
 * <p>An asset whose definition has the requested partitions takes them. One upstream of it with
 * another definition takes those that the mapping names, so that a month of {@code monthly} brings
 * the days of that month with it where both are selected.
 */
public record RunPlan(RunRequest request, List<PlannedStep> steps) {
  public RunPlan {
    steps = List.copyOf(steps);
  }

  /**
   * @throws StowageException {@code UNKNOWN_ASSET} or {@code UNKNOWN_PARTITION}, naming each asset
   *     and partition that does not fit
   */
  public static RunPlan of(RunRequest request, AssetGraph graph, PartitionContext context) {
    return new RunPlan(request, new Planner(request, graph, context).steps());
  }

  private static final class Planner {
    private final RunRequest request;
    private final AssetGraph graph;
    private final PartitionContext context;
    private final Map<String, Set<PartitionKey>> chosen = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final CheckGates gates = new CheckGates();

    Planner(RunRequest request, AssetGraph graph, PartitionContext context) {
      this.request = request;
      this.graph = graph;
      this.context = context;
    }

    List<PlannedStep> steps() {
      var selected = selected();
      selected.forEach(this::take);
      refuseUntaken();
      // From downstream to upstream: what is mapped is known before the one that it is mapped to.
      selected.reversed().forEach(spec -> choose(spec, selected));
      refuseFaults(ErrorCode.UNKNOWN_PARTITION);
      return numbered(selected);
    }

    private List<AssetSpec> selected() {
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
                  : "none of " + request.assets() + " has partitions: leave '" + text + "' out");
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
      if (keys.isEmpty()) {
        faults.add(
            "asset '"
                + spec.step()
                + "' has partitions: "
                + (request.partitions().isEmpty()
                    ? "name one"
                    : "none of " + request.partitions() + " is one, nor mapped to one"));
      }
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
      return PartitionMapper.upstreamKeys(
          consumer.partitions(),
          keys,
          producer.partitions(),
          input.declaration().mapping(),
          context);
    }

    private List<PlannedStep> numbered(List<AssetSpec> selected) {
      var steps = new ArrayList<PlannedStep>();
      var places = new HashMap<AssetKey, Map<String, Integer>>();
      for (AssetSpec spec : selected) {
        if (spec.partitions().isEmpty()) {
          add(spec, Optional.empty(), steps, places);
        }
        chosen
            .getOrDefault(producerOf(spec).orElse(spec).step(), Set.of())
            .forEach(key -> add(spec, Optional.of(key), steps, places));
      }
      return steps;
    }

    private void add(
        AssetSpec spec,
        Optional<PartitionKey> partition,
        List<PlannedStep> steps,
        Map<AssetKey, Map<String, Integer>> places) {
      var inputs = spec.inputs().stream().map(input -> planned(spec, partition, input)).toList();
      var after = new HashSet<Integer>();
      for (PlannedInput input : inputs) {
        var made = places.getOrDefault(input.wired().asset(), Map.of());
        if (input.partitioned()) {
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
      String text = partition.map(PartitionKey::text).orElse("");
      after.addAll(gates.before(spec, text, inputs, places));
      var step = new PlannedStep(steps.size(), spec, partition, inputs, after);
      steps.add(step);
      gates.add(step);
      spec.outputs()
          .forEach(
              output ->
                  places
                      .computeIfAbsent(output.asset(), _ -> new HashMap<>())
                      .put(step.partitionText(), step.place()));
    }

    private PlannedInput planned(
        AssetSpec spec, Optional<PartitionKey> partition, WiredInput input) {
      Optional<AssetSpec> producer = graph.producer(input.asset());
      if (input.external() || producer.isEmpty() || producer.get().partitions().isEmpty()) {
        return new PlannedInput(input, List.of(), false, false);
      }
      var mapped = map(spec, partition.stream().toList(), input, producer.get());
      var keys = new ArrayList<>(mapped.existing());
      if (!input.declaration().allowMissingPartitions()) {
        keys.addAll(mapped.missing());
      }
      boolean same = spec.partitions().equals(producer.get().partitions());
      return new PlannedInput(
          input,
          keys,
          true,
          keys.size() > 1 || mayNameSeveral(input.declaration().mapping(), same));
    }

    private static boolean mayNameSeveral(PartitionMapping mapping, boolean sameDefinition) {
      return switch (mapping) {
        case PartitionMapping.Identity _, PartitionMapping.LastPartition _ -> false;
        case PartitionMapping.Automatic _ -> !sameDefinition;
        case PartitionMapping.TimeWindows(int start, int end) -> !sameDefinition || start != end;
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
}
