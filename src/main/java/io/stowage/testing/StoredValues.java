package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.api.UpstreamOutput;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.io.object.InputShape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a run stored: at its end what is in memory, which a later run would replace; else when
 * asked, through the manager that stored it.
 */
final class StoredValues {
  private final AnnotatedClasses classes;
  private final GivenManagers managers;
  private final MadeValues values;
  private final Map<String, Kept> kept = new HashMap<>();

  private record Kept(@Nullable Object value) {}

  StoredValues(AnnotatedClasses classes, GivenManagers managers, MadeValues values) {
    this.classes = classes;
    this.managers = managers;
    this.values = values;
    for (Materialization each : values.all()) {
      if (each.object() != null
          && values
              .output(each)
              .filter(output -> managers.inMemory(output.ioManager()))
              .isPresent()) {
        kept.put(each.id(), new Kept(load(each)));
      }
    }
  }

  @Nullable Object read(Materialization materialization) {
    Kept present = kept.get(materialization.id());
    return present != null ? present.value() : load(materialization);
  }

  private @Nullable Object load(Materialization from) {
    AssetKey asset = from.asset();
    OutputDeclaration output = values.output(from).orElse(null);
    if (output == null || !output.stored()) {
      throw new StowageException(
          ErrorCode.NOT_MATERIALIZED,
          "asset '" + asset + "' has no value: no IO manager stores one for it");
    }
    var context =
        InputContexts.of(asset.toString(), rows(classes.stored(output)))
            .upstream(
                new UpstreamOutput(
                    asset,
                    output.name(),
                    output.metadata(),
                    output.options(),
                    Optional.of(output.ioManager())))
            .materialization(from)
            .runId(from.runId());
    values
        .producer(from)
        .flatMap(AssetSpec::partitions)
        .ifPresent(
            definition ->
                context.partitions(definition).partition(definition.parse(from.partition())));
    try {
      return managers.loading(output.ioManager()).loadInput(context.build());
    } catch (StowageException e) {
      throw e;
    } catch (Exception e) {
      throw new StowageException(
          ErrorCode.BAD_DATA, "the value of asset '" + asset + "' cannot be read back: " + e, e);
    }
  }

  /** The rows of a stream as a list, which can be looked at more than once. */
  private static Type rows(Type stored) {
    return InputShape.raw(stored) == Stream.class && stored instanceof ParameterizedType stream
        ? Types.listOf(stream.getActualTypeArguments()[0])
        : stored;
  }
}
