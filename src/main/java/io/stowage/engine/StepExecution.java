package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.MaterializeResult;
import io.stowage.api.Materialization;
import io.stowage.api.Output;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.plan.PlannedInput;
import io.stowage.plan.PlannedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attempt at one step: load, compute, store, commit. */
final class StepExecution {
  private static final int OPERATION_ATTEMPTS = 3;
  private static final Duration OPERATION_DELAY = Duration.ofMillis(200);

  private final RunExecution run;
  private final PlannedStep step;
  private final int attempt;
  private final List<LoadedInput> read = new ArrayList<>();
  private boolean superseded;

  StepExecution(RunExecution run, PlannedStep step, int attempt) {
    this.run = run;
    this.step = step;
    this.attempt = attempt;
  }

  StepOutcome run() throws StepFailure {
    try (var opened = new Closing()) {
      var context = new EngineAssetContext(run, step, attempt);
      @Nullable Object[] arguments = new Object[step.spec().declaration().parameterCount()];
      step.spec().declaration().contexts().forEach(position -> arguments[position] = context);
      for (PlannedInput input : step.inputs()) {
        arguments[input.wired().declaration().position()] = opened.add(load(input));
      }
      Object returned = opened.add(compute(arguments));
      store(returned, context, opened);
    }
    return superseded ? new StepOutcome.Superseded() : new StepOutcome.Succeeded();
  }

  private @Nullable Object compute(@Nullable Object[] arguments) throws StepFailure {
    try {
      return run.scope().functions().function(step.spec().step()).call(arguments);
    } catch (Exception e) {
      throw new StepFailure("compute '" + step + "'", e);
    }
  }

  private @Nullable Object load(PlannedInput input) throws StepFailure {
    var declaration = input.wired().declaration();
    String phase = "load input '" + declaration.name() + "' of '" + step + "'";
    if (declaration.orderOnly()) {
      return null;
    }
    try {
      var context = EngineInputContext.of(run, step, attempt, input, upstream(input));
      String key = declaration.manager().orElseGet(() -> context.upstreamOutput().ioManager().orElseThrow());
      InputManager manager = run.scope().managers().loading(key);
      Instant start = run.clock().instant();
      Object value = repeated(() -> manager.loadInput(context));
      Object argument = Values.argument(declaration.name(), context.type(), value);
      recordLoad(input, context, key, Duration.between(start, run.clock().instant()));
      return argument;
    } catch (Exception e) {
      throw new StepFailure(phase, e);
    }
  }

  private void recordLoad(PlannedInput input, EngineInputContext context, String manager, Duration took) {
    long bytes = 0;
    long rows = 0;
    var loaded = new ArrayList<LoadedInput>();
    for (Materialization materialization : context.materializations()) {
      StoredObject object = materialization.object();
      bytes += object == null ? 0 : Math.max(0, object.bytes());
      rows += object == null ? 0 : Math.max(0, object.rows());
      loaded.add(
          new LoadedInput(
              context.inputName(), materialization.asset(), materialization.partition(), materialization.id(),
              object == null ? null : object.location().toString(), object == null ? -1 : object.rows()));
    }
    if (loaded.isEmpty()) {
      loaded.add(new LoadedInput(context.inputName(), context.asset(), "", null, null, -1));
    }
    read.addAll(loaded);
    run.metrics().loaded(manager, bytes, rows, took);
    var data = new HashMap<String, Object>();
    data.put("input", input.wired().declaration().name());
    data.put("asset", context.asset().toString());
    data.put("io_manager", manager);
    data.put("seconds", took.toNanos() / 1e9);
    data.put("read", loaded.stream().map(StepExecution::data).toList());
    data.put("metadata", context.addedMetadata());
    run.event("input_loaded", step, "input '" + context.inputName() + "' from '" + context.asset() + "'", data);
  }

  private static Map<String, Object> data(LoadedInput loaded) {
    var data = new LinkedHashMap<String, Object>();
    data.put("partition", loaded.partition());
    data.put("rows", loaded.rows());
    if (loaded.materializationId() != null) {
      data.put("materialization", loaded.materializationId());
    }
    if (loaded.location() != null) {
      data.put("location", loaded.location());
    }
    return data;
  }

  /** What was committed of the input's asset, in the partitions' order; every missing one is named before the body runs. */
  private List<Materialization> upstream(PlannedInput input) {
    if (input.wired().external()) {
      return List.of();
    }
    var asset = input.wired().asset();
    var wanted = input.partitioned() ? input.partitions().stream().map(key -> key.text()).toList() : List.of("");
    var found = new HashMap<String, Materialization>();
    var asked = new ArrayList<String>();
    for (String partition : wanted) {
      run.made(asset, partition).ifPresentOrElse(made -> found.put(partition, made), () -> asked.add(partition));
    }
    if (!asked.isEmpty()) {
      run.scope().ledger().latest(asset, asked).forEach(latest -> found.put(latest.partition(), latest));
    }
    var missing = wanted.stream().filter(partition -> !found.containsKey(partition)).toList();
    if (!missing.isEmpty() && !input.wired().declaration().allowMissingPartitions()) {
      throw new StowageException(
          ErrorCode.NOT_MATERIALIZED,
          "asset '" + asset + "' was never materialized"
              + (input.partitioned() ? " for partition '" + String.join("', '", missing.subList(0, Math.min(5, missing.size()))) + "'" : "")
              + (missing.size() > 5 ? " and " + (missing.size() - 5) + " more" : "") + ": materialize it first");
    }
    missing.forEach(partition -> run.event("log", step, "partition '" + partition + "' of '" + asset + "' is missing, and left out", Map.of("level", "WARNING")));
    return wanted.stream().map(found::get).filter(java.util.Objects::nonNull).toList();
  }

  private void store(@Nullable Object returned, EngineAssetContext context, Closing opened) throws StepFailure {
    var declaration = step.spec().declaration();
    if (!declaration.isMulti()) {
      store(declaration.outputs().getFirst(), returned, context, opened);
      return;
    }
    Object components = returned instanceof Output<?> output ? output.value() : returned;
    if (components == null) {
      throw new StepFailure("compute '" + step + "'", new StowageException(ErrorCode.TYPE_MISMATCH, "the multi-asset returned null"));
    }
    for (OutputDeclaration output : declaration.outputs()) {
      if (!run.isCommitted(step, output.name())) {
        store(output, opened.add(Values.component(components, output.name())), context, opened);
      }
    }
  }

  private void store(OutputDeclaration output, @Nullable Object returned, EngineAssetContext author, Closing opened)
      throws StepFailure {
    String phase = "store output '" + output.name() + "' of '" + step + "'";
    try {
      run.scope().cancellation().throwIfRequested();
      var metadata = author.metadataOf(output.name());
      @Nullable Object value = returned;
      if (returned instanceof Output<?> wrapped) {
        metadata.putAll(wrapped.metadata());
        value = opened.add(wrapped.value());
      }
      if (value instanceof MaterializeResult result) {
        metadata.putAll(result.metadata());
        commit(output, null, metadata, List.of());
        return;
      }
      if (!output.stored()) {
        commit(output, null, metadata, List.of());
        return;
      }
      var context = new EngineOutputContext(run, step, attempt, output, metadata);
      Values.check(output, context.type(), value);
      handle(output, context, value, metadata);
    } catch (StepFailure e) {
      throw e;
    } catch (Exception e) {
      throw new StepFailure(phase, e);
    }
  }

  private void handle(
      OutputDeclaration output, EngineOutputContext context, @Nullable Object value, Map<String, MetadataValue> metadata)
      throws Exception {
    IoManager manager = run.scope().managers().storing(output.ioManager());
    Instant start = run.clock().instant();
    if (value instanceof java.util.stream.BaseStream<?, ?>) {
      manager.handleOutput(context, value); // a stream can be read once: what is transient here is the step's to retry
    } else {
      repeated(() -> {
        manager.handleOutput(context, value);
        return null;
      });
    }
    Duration took = Duration.between(start, run.clock().instant());
    var all = new LinkedHashMap<>(metadata);
    context.addedMetadata().forEach((label, added) -> {
      if (all.put(label, added) != null) {
        context.log().log(System.Logger.Level.WARNING, "metadata ''{0}'' of the author gives way to the IO manager''s", label);
      }
    });
    all.putIfAbsent("seconds", new MetadataValue.Float(took.toNanos() / 1e9));
    StoredObject object = context.object();
    run.metrics().stored(output.ioManager(), object == null ? -1 : object.bytes(), object == null ? -1 : object.rows(), took);
    commit(output, object, all, context.beside());
  }

  private void commit(
      OutputDeclaration output,
      @Nullable StoredObject object,
      Map<String, MetadataValue> metadata,
      List<StepCommit.Beside> beside) {
    var commit =
        new StepCommit(
            UUID.randomUUID(), step.spec().step(), output.name(), output.asset(), step.partitionText(), object, metadata,
            List.copyOf(read), beside);
    CommitResult result = run.scope().ledger().commit(commit);
    superseded |= result.superseded();
    run.made(
        new Materialization(
            result.materializationId(), output.asset(), step.partitionText(), run.plan().request().runId(), object, metadata,
            run.clock().instant()));
  }

  /** A call to a store that is repeated by itself where the failure is for the moment, without computing again. */
  private interface Operation {
    @Nullable Object call() throws Exception;
  }

  private @Nullable Object repeated(Operation operation) throws Exception {
    for (int tried = 1; ; tried++) {
      try {
        return operation.call();
      } catch (StowageException e) {
        boolean again = e.kind() == ErrorKind.TRANSIENT && !(e instanceof io.stowage.api.RetryRequested);
        if (!again || tried >= OPERATION_ATTEMPTS || run.scope().cancellation().requested()) {
          throw e;
        }
        run.event("log", step, e.getMessage() + "; tried again", Map.of("level", "WARNING"));
        run.pause().of(OPERATION_DELAY.multipliedBy(1L << tried));
      }
    }
  }
}
