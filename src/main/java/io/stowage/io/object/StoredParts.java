package io.stowage.io.object;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects of an input: by what was committed, or, of an external asset, by name. A store
 * is never listed.
 */
final class StoredParts {
  private final ObjectStore store;
  private final ObjectKeys keys;

  StoredParts(ObjectStore store, ObjectKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  /** In the order of the partitions; those that are missing left out where the input allows it. */
  List<StoredPart> of(InputContext context) {
    if (isExternal(context)) {
      return external(context);
    }
    var committed = new HashMap<String, Materialization>();
    context.materializations().forEach(each -> committed.put(each.partition(), each));
    if (!context.partitioned()) {
      return List.of(part(context, "", null, committed));
    }
    var parts = new ArrayList<StoredPart>();
    for (PartitionKey partition : context.partitions()) {
      try {
        parts.add(part(context, partition.text(), partition, committed));
      } catch (StowageException e) {
        leaveOut(context, e);
      }
    }
    return parts;
  }

  /**
   * Warns of what is missing where the input allows it; else throws it, and whatever is not about
   * something missing.
   */
  static void leaveOut(InputContext context, StowageException failure) {
    if (failure.code() != ErrorCode.NOT_MATERIALIZED
        || !context.allowMissingPartitions()
        || !context.partitioned()) {
      throw failure;
    }
    context.log().log(
        Level.WARNING,
        "input ''{0}'' goes without: {1}",
        context.inputName(),
        failure.getMessage());
  }

  private StoredPart part(
      InputContext context,
      String text,
      @Nullable PartitionKey partition,
      Map<String, Materialization> committed) {
    Materialization materialization = committed.get(text);
    StoredObject object = materialization == null ? null : materialization.object();
    if (object == null) {
      ObjectKey expected = keys.flat(context.asset(), partition);
      throw new StowageException(
          ErrorCode.NOT_MATERIALIZED,
          materialization == null
              ? "%s was never materialized: it would be at '%s'; materialize it first"
                  .formatted(StoredPart.named(context.asset(), text), withoutExtension(expected))
              : "%s was materialized without a location: input '%s' needs the manager that stored it"
                  .formatted(StoredPart.named(context.asset(), text), context.inputName()));
    }
    return new StoredPart(
        context.asset(), text, store.keyOf(object.location()), object.location(), object);
  }

  private String withoutExtension(ObjectKey flat) {
    String location = store.location(flat).toString();
    return location.substring(0, location.lastIndexOf('.'));
  }

  private static boolean isExternal(InputContext context) {
    return context.materializations().isEmpty() && context.upstreamOutput().ioManager().isEmpty();
  }

  private List<StoredPart> external(InputContext context) {
    String path = context.options().get("path");
    if (path != null) {
      return List.of(external(context, "", keys.path(path)));
    }
    if (!context.partitioned()) {
      return List.of(external(context, "", keys.flat(context.asset(), null)));
    }
    return context.partitions().stream()
        .map(
            partition -> external(context, partition.text(), keys.flat(context.asset(), partition)))
        .toList();
  }

  private StoredPart external(InputContext context, String partition, ObjectKey key) {
    return new StoredPart(context.asset(), partition, key, store.location(key), null);
  }
}
