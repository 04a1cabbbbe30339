package io.stowage.io.object;

import io.stowage.api.InputContext;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectStore;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads inputs from objects, whatever their format: which objects they are, one or several
 * partitions, side by side or one behind the other, and what is told of them. {@link
 * ObjectIoManager} says how. For any number of threads.
 */
public final class ObjectLoader {
  /** How a format reads one object; see {@link ObjectIoManager#read}. */
  public interface Reading {
    @Nullable Object read(InputContext context, Type type, InputStream bytes, Quarantine quarantine)
        throws Exception;
  }

  private final ObjectStore store;
  private final ObjectIoSettings settings;
  private final ObjectKeys keys;

  ObjectLoader(ObjectStore store, ObjectIoSettings settings, ObjectKeys keys) {
    this.store = store;
    this.settings = settings;
    this.keys = keys;
  }

  /**
   * For a manager that only loads.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} or {@code INVALID_KEY} where a setting
   *     cannot be
   */
  public static ObjectLoader of(ObjectStore store, ObjectIoSettings settings, ObjectFormat format) {
    return new ObjectLoader(store, settings, ObjectKeys.of(settings, format));
  }

  /** The whole input, or a stream that reads it as it is pulled. */
  public @Nullable Object load(InputContext context, Reading reading) {
    InputShape shape = InputShape.of(context);
    List<StoredPart> parts = new StoredParts(store, keys).of(context);
    var bad = new BadRows(context, settings.quarantine());
    var reader = new PartReader(context, reading, this::open, bad, settings.parallelism());
    long start = System.nanoTime();
    Object value =
        switch (shape) {
          case InputShape.Single(Type type) ->
              parts.isEmpty() ? null : reader.single(parts.getFirst(), type);
          case InputShape.ByPartition(Type type) -> reader.byPartition(parts, type);
          case InputShape.Concatenated(Type type) -> reader.concatenated(parts, type);
          case InputShape.Chained(Type type) -> reader.chained(parts, type);
        };
    describe(context, parts);
    if (!(shape instanceof InputShape.Chained)) {
      context.addInputMetadata("seconds", (System.nanoTime() - start) / 1e9);
    }
    return value;
  }

  private OpenPart open(StoredPart part) {
    return OpenPart.of(store, part, settings.layout() == Layout.FLAT, settings.verify());
  }

  private static void describe(InputContext context, List<StoredPart> parts) {
    long bytes = 0;
    for (StoredPart part : parts) {
      StoredObject committed = part.committed();
      if (committed == null || committed.bytes() < 0) {
        return;
      }
      bytes += committed.bytes();
    }
    context.addInputMetadata("bytes", bytes);
  }
}
