package io.stowage.io.avro;

import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.GenericType;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.SchemaDifference;
import io.stowage.api.SchemaGuard;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.io.avro.file.AvroCompression;
import io.stowage.io.avro.file.AvroFileReader;
import io.stowage.io.avro.file.AvroFileWriter;
import io.stowage.io.avro.file.AvroHeader;
import io.stowage.io.avro.file.AvroSchemas;
import io.stowage.io.avro.file.AvroType;
import io.stowage.io.avro.file.SchemaComparison;
import io.stowage.io.object.InputShape;
import io.stowage.io.object.ObjectFormat;
import io.stowage.io.object.ObjectIoManager;
import io.stowage.io.object.Quarantine;
import io.stowage.io.object.RowCount;
import io.stowage.io.object.Written;
import io.stowage.store.ObjectStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stores values as Avro object container files (Apache Avro 1.12 specification). A list or stream
 * of records is a file of rows, written and read as they come; anything else is one datum. The
 * header says which run wrote the file, for what.
 */
public final class AvroIoManager extends ObjectIoManager implements SchemaGuard {
  /** Within so many bytes the header of a file ends whose schema is not enormous. */
  private static final int LONGEST_HEADER = 1 << 20;

  private final AvroCompression compression;

  public AvroIoManager(ObjectStore store, AvroSettings settings) {
    super(store, settings, new ObjectFormat("avro", "application/avro"));
    this.compression = new AvroCompression(settings.codec(), settings.level());
  }

  @Override
  protected Written write(OutputContext context, @Nullable Object value, OutputStream bytes)
      throws IOException {
    return write(context, value, bytes, Quarantine.NONE);
  }

  @Override
  protected Written write(
      OutputContext context, @Nullable Object value, OutputStream bytes, Quarantine quarantine)
      throws IOException {
    AvroType type = value == null ? new AvroType.Nothing() : AvroType.of(context.type());
    try (var file = AvroFileWriter.open(bytes, type, compression, header(context))) {
      if (type instanceof AvroType.Rows && value != null) {
        RowCount rows = RowCount.of(context, value);
        while (rows.hasNext()) {
          append(file, rows.next(), quarantine);
        }
        return described(Written.rows(file.rows()), file);
      }
      file.append(value);
      return described(Written.datum(), file);
    }
  }

  private static void append(AvroFileWriter file, @Nullable Object row, Quarantine quarantine)
      throws IOException {
    try {
      file.append(row);
    } catch (StowageException e) {
      if (e.code() != ErrorCode.TYPE_MISMATCH) {
        throw e; // the store's
      }
      quarantine.take(e, row);
    }
  }

  /** Whether values of the type can be stored, and loaded. */
  static boolean takes(Type type) {
    try {
      AvroType.check(type);
      return true;
    } catch (StowageException e) {
      return false;
    }
  }

  @Override
  public SchemaDifference difference(OutputContext context, Materialization last) throws Exception {
    StoredObject stored = last.object();
    if (stored == null || !takes(context.type())) {
      return SchemaDifference.NONE;
    }
    Optional<Schema> declared = AvroSchemas.ofFile(context.type());
    if (declared.isEmpty()) {
      return SchemaDifference.NONE;
    }
    var comparison = new SchemaComparison(context.type(), declared.get());
    if (comparison.unchanged(stored.schemaFingerprint(), columns(last))) {
      return SchemaDifference.NONE;
    }
    try {
      return comparison.since(inspected(stored, SchemaComparison::written));
    } catch (StowageException e) {
      if (e.kind() == ErrorKind.TRANSIENT) {
        throw e;
      }
      // Gone, or stored by another manager in another format or place.
      context.log().log(
          Level.INFO,
          "the schema of ''{0}'' is not compared, since its file cannot be read: {1}",
          context.asset(),
          e.getMessage());
      return SchemaDifference.NONE;
    }
  }

  private static Map<String, String> columns(Materialization last) {
    return last.metadata().get("schema") instanceof MetadataValue.TableSchema schema
        ? schema.columns()
        : Map.of();
  }

  private static Map<String, String> header(OutputContext context) {
    var header = new LinkedHashMap<String, String>();
    header.put(AvroHeader.ASSET, context.asset().toString());
    header.put(AvroHeader.RUN, context.runId());
    if (context.partitioned()) {
      header.put(AvroHeader.PARTITION, context.partition().text());
    }
    return header;
  }

  private Written described(Written written, AvroFileWriter file) {
    Schema schema = file.schema();
    return written
        .schema(file.fingerprint(), schema == null ? Map.of() : AvroSchemas.columns(schema))
        .with("codec", compression.codec());
  }

  @Override
  protected @Nullable Object read(InputContext context, Type type, InputStream bytes)
      throws IOException {
    if (GenericType.isRows(type)) {
      return AvroRows.of(AvroFileReader.open(bytes, new AvroType.Rows(GenericRecord.class)));
    }
    AvroFileReader file = open(context, type, bytes);
    if (!(AvroType.of(type) instanceof AvroType.Rows)) {
      return one(file);
    }
    if (InputShape.raw(type) == Stream.class) {
      return file.stream();
    }
    if (file.isNull()) {
      return null;
    }
    var list = new ArrayList<@Nullable Object>();
    file.forEachRemaining(list::add);
    return list;
  }

  @Override
  public boolean loadsRows() {
    return true;
  }

  private static @Nullable Object one(AvroFileReader file) {
    Object value = file.datum();
    if (file.hasNext()) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "the file holds rows, not one value: declare the input as a List or a Stream");
    }
    return value;
  }

  /** Of several partitions a list may be of lists, or of a single value of each. */
  private static AvroFileReader open(InputContext context, Type type, InputStream bytes)
      throws IOException {
    if (!context.byPartition()
        || !(type instanceof ParameterizedType list)
        || !InputShape.isList(InputShape.raw(type))
        || !(AvroType.of(list.getActualTypeArguments()[0]) instanceof AvroType.Datum single)) {
      return AvroFileReader.open(bytes, AvroType.of(type));
    }
    var again = new BufferedInputStream(bytes);
    again.mark(LONGEST_HEADER);
    try {
      return AvroFileReader.open(again, AvroType.of(type));
    } catch (StowageException noList) {
      again.reset();
      try {
        return AvroFileReader.open(again, single);
      } catch (StowageException noSingleValue) {
        throw noList;
      }
    }
  }
}
