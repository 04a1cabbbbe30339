package io.stowage.engine;

import io.stowage.api.DynamicOutput;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.plan.PlannedStep;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the values of a dynamic output as they come. The output as a whole is committed when all
 * are stored, and names their mapping keys: without it, they were not all.
 */
final class DynamicOutputs {
  private final RunExecution run;
  private final PlannedStep step;

  DynamicOutputs(RunExecution run, PlannedStep step) {
    this.run = run;
    this.step = step;
  }

  /** Stores and commits one value. */
  interface Storing {
    void store(Emitted output, @Nullable Object value, Map<String, MetadataValue> metadata)
        throws Exception;
  }

  /**
   * @param returned a stream or a collection of {@code DynamicOutput}
   * @param metadata of the output as a whole, to which the mapping keys are added
   */
  void store(
      OutputDeclaration output,
      @Nullable Object returned,
      Map<String, MetadataValue> metadata,
      Storing storing)
      throws Exception {
    var keys = new LinkedHashSet<String>();
    for (Iterator<?> values = values(output, returned); values.hasNext(); ) {
      DynamicOutput<?> value = dynamic(output, values.next());
      if (!keys.add(value.mappingKey())) {
        throw new StowageException(
            ErrorCode.ASSET_FAILED,
            "mapping key '" + value.mappingKey() + "' was emitted twice: give each value its own");
      }
      run.cancellation().throwIfRequested();
      var emitted = new Emitted(output, Optional.of(value.mappingKey()));
      if (!run.progress().isCommitted(step, emitted.name())) {
        storing.store(emitted, value.value(), new LinkedHashMap<>(value.metadata()));
      }
    }
    metadata.put(Emitted.MAPPING_KEYS, MetadataValue.of(Emitted.MAPPING_KEYS, List.copyOf(keys)));
    storing.store(Emitted.of(output), null, metadata);
  }

  private Iterator<?> values(OutputDeclaration output, @Nullable Object returned) {
    return switch (returned) {
      case Stream<?> stream -> stream.iterator();
      case Collection<?> values -> values.iterator();
      case null, default ->
          throw new StowageException(
              ErrorCode.TYPE_MISMATCH,
              "output '"
                  + output.name()
                  + "' of '"
                  + step
                  + "' is "
                  + (returned == null ? "null" : "a " + returned.getClass().getTypeName())
                  + ": return a List or a Stream of DynamicOutput, which may be empty");
    };
  }

  private DynamicOutput<?> dynamic(OutputDeclaration output, @Nullable Object value) {
    if (value instanceof DynamicOutput<?> dynamic) {
      return dynamic;
    }
    throw new StowageException(
        ErrorCode.TYPE_MISMATCH,
        "output '"
            + output.name()
            + "' of '"
            + step
            + "' has a value that is null, not a DynamicOutput");
  }
}
