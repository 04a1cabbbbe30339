package io.stowage.io.object;

import io.stowage.api.AssetKey;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.Retention;
import io.stowage.api.StoredObject;
import io.stowage.api.StoredWrite;
import io.stowage.api.StowageException;
import io.stowage.api.Sweepable;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionKey;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectReader;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectWriter;
import io.stowage.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An IO manager for a file format, over any object store. A format extends it with two methods:
 * write a value to a stream, read a value from a stream. It must bear being called from several
 * threads at once.
 *
 * <p><b>Storing.</b> Each write goes to an object of its own (but see {@link Layout#FLAT}), which
 * appears whole or not at all: a format that throws leaves nothing, and what was committed before
 * stays readable. The materialization gets the labels {@code bytes}, {@code uri}, {@code seconds},
 * {@code etag}, {@code checksum}, and from the format {@code rows}, {@code schema} and its own. The
 * object itself says by its metadata which run wrote it, for which asset and partition.
 *
 * <p><b>Loading.</b> The object is the one that the ledger names; the store is not listed. An
 * external asset, which the ledger does not know, lies at the input's option {@code path}, below
 * the manager's prefix, or at the name that layout {@code flat} gives its key. Several partitions
 * become a map, a list or a stream, as {@link InputShape} says. A failure names asset, partition
 * and object. Bad rows, where {@link QuarantineSettings} bear them, are told with the loaded input
 * and not written anywhere: whoever may only read a store can load from it.
 *
 * <p><b>Removing.</b> In layout {@code versioned} each object belongs to one write, and can be
 * removed without touching another. In layout {@code flat} the next write overwrites it: nothing is
 * ever removed.
 *
 * <pre>{@code
 * final class PoemIoManager extends ObjectIoManager {
 *   PoemIoManager(ObjectStore store, PoemSettings settings) {
 *     super(store, settings, new ObjectFormat("txt", "text/plain"));
 *   }
 *
 *   protected Written write(OutputContext context, Object value, OutputStream bytes) throws IOException {
 *     bytes.write(((Poem) value).text().getBytes(UTF_8));
 *     return Written.datum();
 *   }
 *
 *   protected Object read(InputContext context, Type type, InputStream bytes) throws IOException {
 *     return new Poem(new String(bytes.readAllBytes(), UTF_8));
 *   }
 * }
 * }</pre>
 */
public abstract class ObjectIoManager implements IoManager, Sweepable {
  /**
   * In characters, of up to three bytes: a store bounds the bytes of all an object's metadata, and
   * keys may be longer.
   */
  private static final int LONGEST_METADATA = 160;

  private final ObjectStore store;
  private final ObjectIoSettings settings;
  private final ObjectFormat format;
  private final ObjectKeys keys;
  private final WrittenObjects objects;
  private final Retention retention;
  private final ObjectLoader loader;

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} or {@code INVALID_KEY} where a setting
   *     cannot be
   */
  protected ObjectIoManager(ObjectStore store, ObjectIoSettings settings, ObjectFormat format) {
    this.store = store;
    this.settings = settings;
    this.format = format;
    this.keys = ObjectKeys.of(settings, format);
    this.objects = new WrittenObjects(store, keys);
    this.retention = new Retention(settings.retention().keep(), settings.retention().age());
    this.loader = new ObjectLoader(store, settings, keys);
  }

  /**
   * Writes a value. Whatever is thrown makes the object vanish.
   *
   * @param value of the context's type; a stream is consumed here and closed by the caller
   * @param bytes buffered; need not be closed
   * @return what is known about the value now
   */
  protected abstract Written write(
      OutputContext context, @Nullable Object value, OutputStream bytes) throws Exception;

  /**
   * The same of a format that can go on behind a bad row: it hands the row to the quarantine, and
   * counts those it has written. By default the first bad row fails the step.
   */
  protected Written write(
      OutputContext context, @Nullable Object value, OutputStream bytes, Quarantine quarantine)
      throws Exception {
    return write(context, value, bytes);
  }

  /**
   * Reads the value of one object.
   *
   * @param type what the value is to be: of an input over several partitions, that of a single one
   * @param bytes buffered; closed by the caller. Where the type is a stream, it may be read as the
   *     stream is, and is open until the stream is closed or at its end
   * @return a lazily read stream only where the type is a stream; null only where null was stored
   */
  protected abstract @Nullable Object read(InputContext context, Type type, InputStream bytes)
      throws Exception;

  /**
   * The same of a format that can go on behind a bad row: it hands the row to the quarantine, and
   * leaves it out. By default the first bad row fails the step.
   */
  protected @Nullable Object read(
      InputContext context, Type type, InputStream bytes, Quarantine quarantine) throws Exception {
    return read(context, type, bytes);
  }

  @Override
  public final void handleOutput(OutputContext context, @Nullable Object value) throws Exception {
    PartitionKey partition = context.partitioned() ? context.partition() : null;
    String writeId = UUID.randomUUID().toString();
    ObjectKey key = keys.written(context.asset(), partition, writeId);
    long start = System.nanoTime();
    WriteOptions options = options(context, partition, writeId);
    var quarantine =
        new QuarantineObject(settings.quarantine(), store, keys.quarantine(key), options);
    try (quarantine;
        ObjectWriter writer = store.create(key, options.contentType(format.contentType()))) {
      var bytes = new ObjectOutput(writer.stream(), context.cancellation());
      Written written = write(context, value, bytes, quarantine);
      bytes.flush();
      quarantine.finish(written.rows());
      ObjectInfo info = commit(writer, quarantine);
      record(context, store.location(key), info, written, (System.nanoTime() - start) / 1e9);
      quarantine.describe(context);
    }
  }

  /**
   * Bad rows appear before what they were taken from, so that they are there once it is; under a
   * fixed name behind it, so that a failure leaves those of the former write.
   */
  private ObjectInfo commit(ObjectWriter writer, QuarantineObject quarantine) throws IOException {
    if (settings.layout() == Layout.VERSIONED) {
      quarantine.commit();
    }
    ObjectInfo info = writer.commit();
    if (settings.layout() == Layout.FLAT) {
      quarantine.replace();
    }
    quarantine.settle();
    return info;
  }

  private WriteOptions options(
      OutputContext context, @Nullable PartitionKey partition, String writeId) {
    var options =
        switch (settings.layout()) {
          case VERSIONED -> WriteOptions.once();
          case FLAT -> WriteOptions.overwrite();
        };
    options =
        options
            .with(WriteOptions.WRITE_ID, writeId)
            .with(WrittenObjects.RUN, context.runId())
            .with("stowage-attempt", Integer.toString(context.attempt()))
            .with("stowage-step", shortened(context.step()))
            .with("stowage-asset", shortened(context.asset().toString()));
    if (context.leaseId().isPresent()) {
      options = options.with(WrittenObjects.LEASE, context.leaseId().get());
    }
    return partition == null
        ? options
        : options.with("stowage-partition", shortened(partition.text()));
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_METADATA) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_METADATA - 2))
            ? LONGEST_METADATA - 2
            : LONGEST_METADATA - 1;
    return text.substring(0, end) + "…";
  }

  private void record(
      OutputContext context, URI location, ObjectInfo info, Written written, double seconds) {
    String checksum = info.checksum() == null ? null : OpenPart.checksum(info.checksum());
    if (written.rows() >= 0) {
      context.addOutputMetadata("rows", written.rows());
    }
    context.addOutputMetadata("bytes", info.size());
    context.addOutputMetadata("uri", location);
    if (!written.columns().isEmpty()) {
      context.addOutputMetadata("schema", MetadataValue.tableSchema(written.columns()));
    }
    context.addOutputMetadata("seconds", seconds);
    context.addOutputMetadata("etag", info.etag());
    if (checksum != null) {
      context.addOutputMetadata("checksum", checksum);
    }
    written.metadata().forEach(context::addOutputMetadata);
    context.stored(
        new StoredObject(
            location, info.etag(), checksum, info.size(), written.rows(), written.fingerprint()));
  }

  @Override
  public final @Nullable Object loadInput(InputContext context) {
    return loader.load(context, this::read);
  }

  /** How a format looks into an object without reading its value. */
  protected interface Inspection<T> {
    T of(InputStream bytes) throws Exception;
  }

  /**
   * Looks into an object that was committed, of which only so much is fetched as is read.
   *
   * @throws StowageException {@code NOT_FOUND} where it is gone; {@code INVALID_REQUEST} or {@code
   *     INVALID_KEY} where it is not in this manager's store
   */
  protected final <T> T inspected(StoredObject object, Inspection<T> inspection) throws Exception {
    try (ObjectReader reader = store.open(store.keyOf(object.location()))) {
      return inspection.of(reader.stream());
    }
  }

  @Override
  public final Retention retention() {
    return retention;
  }

  @Override
  public final boolean owns(Materialization materialization) {
    return objects.owns(materialization.object());
  }

  @Override
  public final boolean remove(Materialization materialization) {
    return objects.remove(Objects.requireNonNull(materialization.object()).location());
  }

  @Override
  public final Stream<StoredWrite> writes(@Nullable AssetKey asset) {
    return objects.writes(asset);
  }

  @Override
  public final Optional<StoredWrite.Origin> origin(StoredWrite write) {
    return objects.origin(write.location());
  }

  @Override
  public final Stream<StoredWrite> unfinished(@Nullable AssetKey asset) {
    return objects.unfinished(asset);
  }

  @Override
  public final void abandon(StoredWrite write) {
    objects.abandon(write.location());
  }

  @Override
  public final boolean remove(StoredWrite write) {
    return objects.remove(write.location());
  }
}
