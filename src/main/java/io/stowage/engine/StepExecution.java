package io.stowage.engine;

import io.stowage.catalog.Gathering;
import io.stowage.catalog.InputDeclaration;
import io.stowage.catalog.Spread;
import io.stowage.plan.PlannedInput;
import io.stowage.plan.PlannedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt at one step: load, compute, store and commit. */
final class StepExecution {
  private final RunExecution run;
  private final PlannedStep step;
  private final int attempt;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  StepExecution(RunExecution run, PlannedStep step, int attempt) {
    this.run = run;
    this.step = step;
    this.attempt = attempt;
  }

  /** How long each part took, as far as it came. */
  Map<String, Double> seconds() {
    return seconds;
  }

  StepOutcome run() throws StepFailure {
    try (var opened = new Closing()) {
      var context = new EngineAssetContext(run, step, attempt);
      var inputs = new StepInputs(run, step, attempt);
      new SchemaGate(run, step, context).check();
      @Nullable Object[] arguments = timed("load", () -> arguments(context, inputs, opened));
      if (step.spec().check().isPresent()) {
        var check = new CheckStep(run, step, step.spec().check().get());
        StepOutcome ended = timed("compute", () -> check.ended(compute(arguments)));
        inputs.recordRead();
        return ended;
      }
      @Nullable Object[] returned =
          timed("compute", () -> new @Nullable Object[] {opened.add(compute(arguments))});
      boolean superseded =
          timed("store", () -> superseded(context, inputs.read(), returned[0], opened));
      inputs.recordRead();
      return superseded ? new StepOutcome.Superseded() : new StepOutcome.Succeeded();
    }
  }

  /** Stores what was returned; whether a newer run's materialization stands for any of it. */
  private boolean superseded(
      EngineAssetContext context, List<LoadedInput> read, @Nullable Object returned, Closing opened)
      throws StepFailure {
    if (step.ranged()) {
      var outputs = new RangeOutputs(run, step, context, read);
      outputs.store(returned, opened);
      return outputs.superseded();
    }
    var outputs = new StepOutputs(run, step, context, read);
    outputs.store(returned, opened);
    return outputs.superseded();
  }

  private @Nullable Object[] arguments(
      EngineAssetContext context, StepInputs inputs, Closing opened) throws StepFailure {
    @Nullable Object[] arguments = new Object[step.spec().declaration().parameterCount()];
    step.spec().declaration().contexts().forEach(position -> arguments[position] = context);
    for (PlannedInput input : step.inputs()) {
      InputDeclaration declaration = input.wired().declaration();
      int position = declaration.position();
      if (input.wired().spread() == Spread.ALL && !declaration.orderOnly()) {
        arguments[position] = all(input, inputs, opened);
        continue;
      }
      @Nullable Object value = inputs.load(input, opened);
      arguments[position] =
          declaration.orderOnly()
              ? Values.unloaded(declaration.type().name())
              : switch (declaration.gathering()) {
                case NONE -> value;
                case LIST -> appended(arguments[position], value);
                case MAP -> put(arguments[position], input.wired().asset().toString(), value);
              };
    }
    return arguments;
  }

  /** The values of all mapping keys, in the order of emission. */
  private Object all(PlannedInput input, StepInputs inputs, Closing opened) throws StepFailure {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (PlannedInput one : run.progress().each(step, input)) {
      values.put(one.mappingKey().orElseThrow(), inputs.load(one, opened));
    }
    return input.wired().declaration().gathering() == Gathering.MAP
        ? values
        : new ArrayList<>(values.values());
  }

  @SuppressWarnings("unchecked")
  private static Object appended(@Nullable Object list, @Nullable Object value) {
    var values = list == null ? new ArrayList<@Nullable Object>() : (List<@Nullable Object>) list;
    values.add(value);
    return values;
  }

  @SuppressWarnings("unchecked")
  private static Object put(@Nullable Object map, String asset, @Nullable Object value) {
    var values =
        map == null
            ? new LinkedHashMap<String, @Nullable Object>()
            : (Map<String, @Nullable Object>) map;
    values.put(asset, value);
    return values;
  }

  private @Nullable Object compute(@Nullable Object[] arguments) throws StepFailure {
    try {
      return run.scope().functions().function(step.spec().step()).call(arguments);
    } catch (Throwable e) {
      throw new StepFailure("compute '" + step + "'", e);
    }
  }

  /** A part of the step. */
  private interface Part<T> {
    T run() throws StepFailure;
  }

  private <T> T timed(String part, Part<T> work) throws StepFailure {
    Instant start = run.clock().instant();
    try {
      return work.run();
    } finally {
      Duration took = Duration.between(start, run.clock().instant());
      run.metrics().spent(part, took);
      seconds.put(part + "_seconds", took.toNanos() / 1e9);
    }
  }
}
