package io.stowage.io.memory;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.OutputContext;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.io.object.InputShape;
import io.stowage.store.KeyEncoding;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values by reference, the last one of each asset and partition: who loads one gets the very
 * object that was stored, and must not change it. A stream is kept as the list of its rows.
 */
public final class MemoryIoManager implements IoManager {
  private record Place(AssetKey asset, String partition) {}

  private record Kept(@Nullable Object value, String runId) {}

  private final String key;
  private final int maxValues;
  private final Map<Place, Kept> values = new ConcurrentHashMap<>();

  public MemoryIoManager(String key, int maxValues) {
    this.key = key;
    this.maxValues = maxValues;
  }

  @Override
  public void handleOutput(OutputContext context, @Nullable Object value) {
    var place = new Place(context.asset(), context.partitioned() ? context.partition().text() : "");
    Object kept =
        value instanceof Stream<?> rows
            ? rows.collect(Collectors.toCollection(ArrayList::new))
            : value;
    if (values.size() >= maxValues && !values.containsKey(place)) {
      throw new StowageException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "IO manager '%s' keeps %d values, and may keep no more: raise stowage.io.%s.max-values"
              .formatted(key, maxValues, key));
    }
    values.put(place, new Kept(kept, context.runId()));
    long rows = kept instanceof Collection<?> list ? list.size() : -1;
    if (rows >= 0) {
      context.addOutputMetadata("rows", rows);
    }
    URI location = location(place);
    context.addOutputMetadata("uri", location);
    context.stored(new StoredObject(location, null, null, -1, rows, null));
  }

  private URI location(Place place) {
    String asset =
        place.asset.components().stream().map(KeyEncoding::encode).collect(Collectors.joining("/"));
    String partition = place.partition.isEmpty() ? "" : "/@" + KeyEncoding.encode(place.partition);
    return URI.create("memory:" + KeyEncoding.encode(key) + "/" + asset + partition);
  }

  @Override
  public @Nullable Object loadInput(InputContext context) {
    InputShape shape = InputShape.of(context);
    Map<String, @Nullable Object> found = found(context);
    return switch (shape) {
      case InputShape.Single _ -> found.isEmpty() ? null : found.values().iterator().next();
      case InputShape.ByPartition _ -> found;
      case InputShape.Concatenated _ ->
          rows(found).collect(Collectors.toCollection(ArrayList::new));
      case InputShape.Chained _ -> rows(found);
    };
  }

  private Map<String, @Nullable Object> found(InputContext context) {
    List<String> partitions =
        context.partitioned()
            ? context.partitions().stream().map(PartitionKey::text).toList()
            : List.of("");
    var found = new LinkedHashMap<String, @Nullable Object>();
    for (String partition : partitions) {
      Kept kept = values.get(new Place(context.asset(), partition));
      if (kept != null) {
        refuseAnother(context, partition, kept);
        found.put(partition, kept.value());
      } else {
        missing(context, partition);
      }
    }
    return found;
  }

  /** Of the past only what is the last still can be given. */
  private void refuseAnother(InputContext context, String partition, Kept kept) {
    if (context.ofThePast()
        && context.materializations().stream()
            .anyMatch(
                each -> each.partition().equals(partition) && !each.runId().equals(kept.runId()))) {
      throw new StowageException(
          ErrorCode.NOT_MATERIALIZED,
          "'%s'%s was replaced by run %s: IO manager '%s' keeps the last value alone, and cannot read what was before"
              .formatted(
                  context.asset(),
                  partition.isEmpty() ? "" : " partition '" + partition + "'",
                  kept.runId(),
                  key));
    }
  }

  private void missing(InputContext context, String partition) {
    String message =
        "'%s'%s is not in the memory of this worker, where IO manager '%s' keeps values: materialize it in the same run"
            .formatted(
                context.asset(), partition.isEmpty() ? "" : " partition '" + partition + "'", key);
    if (!context.allowMissingPartitions() || !context.partitioned()) {
      throw new StowageException(ErrorCode.NOT_MATERIALIZED, message);
    }
    if (isTold(context, partition)) {
      return;
    }
    context.log().log(
        Level.WARNING, "input ''{0}'' goes without: {1}", context.inputName(), message);
  }

  /** Of what was never committed the run itself has told. */
  private static boolean isTold(InputContext context, String partition) {
    return context.upstreamOutput().ioManager().isPresent()
        && context.materializations().stream()
            .noneMatch(each -> each.partition().equals(partition));
  }

  /** Rows of lists; a value that is none is one row. */
  private static Stream<@Nullable Object> rows(Map<String, @Nullable Object> found) {
    return found.values().stream()
        .flatMap(value -> value instanceof Collection<?> rows ? rows.stream() : Stream.of(value));
  }
}
