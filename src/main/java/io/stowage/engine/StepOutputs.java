package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.IoManager;
import io.stowage.api.Materialization;
import io.stowage.api.MaterializeResult;
import io.stowage.api.Output;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.plan.PlannedStep;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the method returned to the IO managers, output by output, and commits each as soon as
 * it is stored.
 */
final class StepOutputs {
  private final RunExecution run;
  private final PlannedStep step;
  private final EngineAssetContext author;
  private final List<LoadedInput> read;
  private boolean superseded;

  /**
   * @param read what the step had loaded
   */
  StepOutputs(
      RunExecution run, PlannedStep step, EngineAssetContext author, List<LoadedInput> read) {
    this.run = run;
    this.step = step;
    this.author = author;
    this.read = read;
  }

  /** Whether a newer run's materialization stands for any of the outputs. */
  boolean superseded() {
    return superseded;
  }

  void store(@Nullable Object returned, Closing opened) throws StepFailure {
    var declaration = step.spec().declaration();
    if (!declaration.isMulti()) {
      store(declaration.outputs().getFirst(), returned, Map.of());
      return;
    }
    Map<String, MetadataValue> common =
        returned instanceof Output<?> output ? output.metadata() : Map.of();
    var components = components(returned instanceof Output<?> output ? output.value() : returned);
    components
        .values()
        .forEach(opened::add); // all of them before the first is stored, which may fail
    for (OutputDeclaration output : declaration.emissionOrder()) {
      if (!run.progress().isCommitted(step, output.name())) {
        store(output, components.get(output.name()), common);
      }
    }
  }

  /** What a multi-asset returned, by output. */
  Map<String, @Nullable Object> components(@Nullable Object returned) throws StepFailure {
    String phase = "compute '" + step + "'";
    if (returned == null) {
      throw new StepFailure(
          phase,
          new StowageException(
              ErrorCode.TYPE_MISMATCH,
              "the multi-asset returned null, not a record of its outputs"));
    }
    try {
      return Values.components(returned);
    } catch (StowageException e) {
      throw new StepFailure(phase, e);
    }
  }

  /**
   * Stores and commits one output.
   *
   * @param common metadata of all outputs
   */
  void store(OutputDeclaration output, @Nullable Object returned, Map<String, MetadataValue> common)
      throws StepFailure {
    try (var opened = new Closing()) {
      emit(output, opened.add(supplied(output, returned)), common);
    }
  }

  /** What a supplier computes now, after the outputs before it were committed. */
  private @Nullable Object supplied(OutputDeclaration output, @Nullable Object returned)
      throws StepFailure {
    if (!(returned instanceof Supplier<?> supplier)) {
      return returned;
    }
    try {
      run.cancellation().throwIfRequested();
      return supplier.get();
    } catch (Throwable e) {
      throw new StepFailure("compute output '" + output.name() + "' of '" + step + "'", e);
    }
  }

  private void emit(
      OutputDeclaration output, @Nullable Object returned, Map<String, MetadataValue> common)
      throws StepFailure {
    var attempted = new Attempted();
    try {
      run.cancellation().throwIfRequested();
      var metadata = author.metadataOf(output.name());
      metadata.putAll(common);
      @Nullable Object value = returned;
      if (returned instanceof Output<?> wrapped) {
        metadata.putAll(wrapped.metadata());
        value = wrapped.value();
      }
      if (output.optional() && value instanceof Optional<?> optional) {
        if (optional.isEmpty()) {
          notEmitted(output);
          return;
        }
        value = optional.get();
      }
      if (output.dynamic()) {
        new DynamicOutputs(run, step)
            .store(output, value, metadata, (each, one, its) -> store(each, one, its, attempted));
        return;
      }
      store(Emitted.of(output), value, metadata, attempted);
    } catch (Throwable e) {
      throw new StepFailure(
          "store output '" + output.name() + "' of '" + step + "'", e, attempted.metadata());
    }
  }

  private void notEmitted(OutputDeclaration output) {
    run.progress().notEmitted(step, output);
    run.event(
        "output_skipped",
        step,
        "output '" + output.name() + "' was not emitted",
        Map.of("output", output.name()));
  }

  private void store(
      Emitted output,
      @Nullable Object value,
      Map<String, MetadataValue> metadata,
      Attempted attempted)
      throws Exception {
    OutputDeclaration declaration = output.declaration();
    boolean whole = declaration.dynamic() && output.mappingKey().isEmpty();
    if (value instanceof MaterializeResult result) {
      metadata.putAll(result.metadata());
      commit(output, null, metadata, List.of());
    } else if (whole || !declaration.stored()) {
      Values.checkRecorded(declaration, value);
      commit(output, null, metadata, List.of());
    } else {
      var type = attempted.anew(output, metadata).type();
      handle(output, Values.checked(declaration, type, value), metadata, attempted);
    }
  }

  /**
   * The context of the last call to the manager: a call that is repeated gets one that knows
   * nothing of the call before.
   */
  private final class Attempted {
    private @Nullable EngineOutputContext last;

    EngineOutputContext anew(Emitted output, Map<String, MetadataValue> metadata) {
      last = new EngineOutputContext(run, step, author.attempt(), output, metadata);
      return last;
    }

    Map<String, MetadataValue> metadata() {
      return last == null ? Map.of() : last.addedMetadata();
    }
  }

  private void handle(
      Emitted output,
      @Nullable Object value,
      Map<String, MetadataValue> metadata,
      Attempted attempted)
      throws Exception {
    IoManager manager = run.scope().managers().storing(output.declaration().ioManager());
    Instant start = run.clock().instant();
    EngineOutputContext context = handed(manager, output, value, metadata, attempted);
    Duration took = Duration.between(start, run.clock().instant());
    var all = new LinkedHashMap<>(metadata);
    context
        .addedMetadata()
        .forEach(
            (label, added) -> {
              if (all.put(label, added) != null) {
                context.log().log(
                    Level.WARNING,
                    "metadata ''{0}'' of the author gives way to the IO manager''s",
                    label);
              }
            });
    all.putIfAbsent("seconds", new MetadataValue.Float(took.toNanos() / 1e9));
    StoredObject object = context.object();
    run.metrics()
        .stored(
            output.declaration().ioManager(),
            object == null ? -1 : object.bytes(),
            object == null ? -1 : object.rows(),
            took);
    tell(output, object, all, took);
    commit(output, object, all, context.beside());
  }

  private EngineOutputContext handed(
      IoManager manager,
      Emitted output,
      @Nullable Object value,
      Map<String, MetadataValue> metadata,
      Attempted attempted)
      throws Exception {
    Repeating.Operation operation =
        () -> manager.handleOutput(attempted.anew(output, metadata), value);
    if (Values.readOnce(value)) {
      operation.call(); // what is transient here is the step's to retry: the value is read up
    } else {
      new Repeating(run, step).call(operation);
    }
    return java.util.Objects.requireNonNull(attempted.last);
  }

  private void tell(
      Emitted output,
      @Nullable StoredObject object,
      Map<String, MetadataValue> metadata,
      Duration took) {
    var data = new HashMap<String, Object>();
    data.put("output", output.name());
    AssetKey key = key(output);
    data.put("asset", key.toString());
    data.put("io_manager", output.declaration().ioManager());
    data.put("seconds", took.toNanos() / 1e9);
    data.put("metadata", StepInputs.data(metadata));
    if (object != null) {
      data.put("location", object.location().toString());
      data.put("bytes", object.bytes());
      data.put("rows", object.rows());
    }
    run.event("output_stored", step, "output '" + output.name() + "' of '" + key + "'", data);
  }

  private AssetKey key(Emitted output) {
    return run.keys().of(step, output.declaration(), output.mappingKey());
  }

  private void commit(
      Emitted output,
      @Nullable StoredObject object,
      Map<String, MetadataValue> metadata,
      List<StepCommit.Beside> beside) {
    AssetKey key = key(output);
    var commit =
        new StepCommit(
            UUID.randomUUID(),
            step.name(),
            output.name(),
            key,
            step.partitionText(),
            object,
            metadata,
            read,
            beside);
    Instant start = run.clock().instant();
    CommitResult result = run.scope().ledger().commit(commit);
    run.metrics().spent("commit", Duration.between(start, run.clock().instant()));
    superseded |= result.superseded();
    run.progress()
        .committed(
            step.name(),
            output.name(),
            new Materialization(
                result.materializationId(),
                key,
                step.partitionText(),
                run.plan().request().runId(),
                object,
                metadata,
                run.clock().instant()));
  }
}
