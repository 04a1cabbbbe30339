package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputManager;
import io.stowage.api.Materialization;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionKey;
import io.stowage.plan.PlannedInput;
import io.stowage.plan.PlannedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Loads the inputs of one attempt at one step, and keeps what was read. */
final class StepInputs {
  private static final int MOST_NAMED = 5;

  private final RunExecution run;
  private final PlannedStep step;
  private final int attempt;
  private final List<LoadedInput> read = new ArrayList<>();
  private final Map<EngineInputContext, Map<String, MetadataValue>> told = new LinkedHashMap<>();

  StepInputs(RunExecution run, PlannedStep step, int attempt) {
    this.run = run;
    this.step = step;
    this.attempt = attempt;
  }

  List<LoadedInput> read() {
    return List.copyOf(read);
  }

  /** The value of the input, as an argument of the method; null where only the order matters. */
  @Nullable Object load(PlannedInput input, Closing opened) throws StepFailure {
    var declaration = input.wired().declaration();
    if (declaration.orderOnly()) {
      return null;
    }
    String phase = "load input '" + declaration.name() + "' of '" + step + "'";
    EngineInputContext context;
    try {
      context = EngineInputContext.of(run, step, attempt, input, committed(input));
    } catch (Exception e) {
      throw new StepFailure(phase, e);
    }
    try {
      return load(input, context, opened);
    } catch (Throwable e) {
      throw new StepFailure(phase, e, context.addedMetadata());
    }
  }

  private @Nullable Object load(PlannedInput input, EngineInputContext context, Closing opened)
      throws Exception {
    if (isNothing(input, context)) {
      record(context, "none", Duration.ZERO);
      return Values.argument(context.inputName(), context.type(), Values.nothing(context.type()));
    }
    String key =
        input
            .wired()
            .declaration()
            .manager()
            .orElseGet(() -> context.upstreamOutput().ioManager().orElseThrow());
    InputManager manager = run.scope().managers().loading(key);
    Instant start = run.clock().instant();
    var value = new AtomicReference<@Nullable Object>();
    new Repeating(run, step).call(() -> value.set(opened.add(manager.loadInput(context))));
    Object argument = Values.argument(context.inputName(), context.type(), value.get());
    record(context, key, Duration.between(start, run.clock().instant()));
    return argument;
  }

  /** Whether no partition is there, and none need be: then no manager is asked. */
  private boolean isNothing(PlannedInput input, EngineInputContext context) {
    boolean earlier = step.spec().readsItself(input.wired()) && input.partitions().isEmpty();
    boolean leftOut =
        input.partitioned() && context.allowMissingPartitions() && !context.external();
    return (earlier || leftOut) && context.materializations().isEmpty();
  }

  /**
   * What was committed of the input's asset, in the partitions' order; all that is missing is named
   * before the body runs.
   */
  private List<Materialization> committed(PlannedInput input) {
    if (input.wired().external()) {
      return List.of();
    }
    AssetKey asset = run.keys().of(input);
    var wanted =
        input.partitioned()
            ? input.partitions().stream().map(PartitionKey::text).toList()
            : List.of("");
    var found = new HashMap<String, Materialization>();
    var asked = new ArrayList<String>();
    for (String partition : wanted) {
      run.progress()
          .made(asset, partition)
          .ifPresentOrElse(made -> found.put(partition, made), () -> asked.add(partition));
    }
    if (!asked.isEmpty()) {
      run.scope()
          .ledger()
          .latest(asset, asked)
          .forEach(latest -> found.put(latest.partition(), latest));
    }
    leaveOut(input, wanted.stream().filter(partition -> !found.containsKey(partition)).toList());
    return wanted.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** Warns of what is missing, where the input may go without. */
  private void leaveOut(PlannedInput input, List<String> missing) {
    AssetKey asset = run.keys().of(input);
    boolean allowed = input.partitioned() && input.wired().declaration().allowMissingPartitions();
    if (!missing.isEmpty() && !allowed) {
      String more =
          missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more" : "";
      String named = String.join("', '", missing.subList(0, Math.min(MOST_NAMED, missing.size())));
      String partitions = input.partitioned() ? " for partition '" + named + "'" + more : "";
      throw new StowageException(
          ErrorCode.NOT_MATERIALIZED,
          "asset '"
              + asset
              + "' was never materialized"
              + partitions
              + run.scope()
                  .ledger()
                  .asOf()
                  .map(then -> " " + then)
                  .orElse(": materialize it first"));
    }
    for (String partition : missing) {
      run.event(
          "log",
          step,
          "partition '" + partition + "' of '" + asset + "' is missing, and left out",
          Map.of("level", "WARNING"));
    }
  }

  private void record(EngineInputContext context, String manager, Duration took) {
    var loaded =
        context.materializations().stream().map(each -> loaded(context.inputName(), each)).toList();
    var objects =
        context.materializations().stream()
            .map(Materialization::object)
            .filter(Objects::nonNull)
            .toList();
    if (loaded.isEmpty() && context.external()) {
      var partitions =
          context.partitions().isEmpty()
              ? List.of("")
              : context.partitions().stream().map(PartitionKey::text).toList();
      loaded =
          partitions.stream()
              .map(
                  each ->
                      new LoadedInput(
                          context.inputName(), context.asset(), each, null, null, null, -1))
              .toList();
    }
    read.addAll(loaded);
    run.metrics()
        .loaded(
            manager,
            sum(objects.stream().map(StoredObject::bytes).toList()),
            sum(objects.stream().map(StoredObject::rows).toList()),
            took);
    var data = new HashMap<String, Object>();
    data.put("input", context.inputName());
    data.put("asset", context.asset().toString());
    data.put("io_manager", manager);
    data.put("seconds", took.toNanos() / 1e9);
    data.put("read", loaded.stream().map(StepInputs::data).toList());
    Map<String, MetadataValue> added = context.addedMetadata();
    told.put(context, added);
    data.put("metadata", data(added));
    run.event(
        "input_loaded",
        step,
        "input '" + context.inputName() + "' from '" + context.asset() + "'",
        data);
  }

  /** What was told of inputs since they were loaded: streams are read when the method is. */
  void recordRead() {
    told.forEach(
        (context, before) -> {
          Map<String, MetadataValue> added = context.addedMetadata();
          if (!added.equals(before)) {
            run.event(
                "input_read",
                step,
                "input '" + context.inputName() + "' from '" + context.asset() + "' was read",
                Map.of(
                    "input",
                    context.inputName(),
                    "asset",
                    context.asset().toString(),
                    "metadata",
                    data(added)));
          }
        });
  }

  /** -1 where none of the numbers is known. */
  private static long sum(List<Long> numbers) {
    var known = numbers.stream().filter(number -> number >= 0).toList();
    return known.isEmpty() ? -1 : known.stream().mapToLong(Long::longValue).sum();
  }

  private static LoadedInput loaded(String input, Materialization from) {
    StoredObject object = from.object();
    return object == null
        ? new LoadedInput(input, from.asset(), from.partition(), from.id(), null, null, -1)
        : new LoadedInput(
            input,
            from.asset(),
            from.partition(),
            from.id(),
            object.location().toString(),
            object.etag(),
            object.rows());
  }

  private static Map<String, Object> data(LoadedInput loaded) {
    var data = new LinkedHashMap<String, Object>();
    data.put("partition", loaded.partition());
    data.put("rows", loaded.rows());
    putKnown(data, "materialization", loaded.materializationId());
    putKnown(data, "location", loaded.location());
    putKnown(data, "version", loaded.version());
    return data;
  }

  private static void putKnown(Map<String, Object> data, String name, @Nullable String value) {
    if (value != null) {
      data.put(name, value);
    }
  }

  /** Metadata as an event has it. */
  static Map<String, Object> data(Map<String, MetadataValue> metadata) {
    var data = new LinkedHashMap<String, Object>();
    metadata.forEach((label, value) -> data.put(label, value.toData()));
    return data;
  }
}
