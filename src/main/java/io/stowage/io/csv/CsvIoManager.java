package io.stowage.io.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.stowage.api.ErrorCode;
import io.stowage.api.GenericType;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.SchemaDifference;
import io.stowage.api.SchemaGuard;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.io.object.InputShape;
import io.stowage.io.object.ObjectFormat;
import io.stowage.io.object.ObjectIoManager;
import io.stowage.io.object.Quarantine;
import io.stowage.io.object.RowCount;
import io.stowage.io.object.Written;
import io.stowage.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stores lists and streams of records as CSV with a header, UTF-8, and loads them; both as they
 * come. Nothing between two separators is null, and {@code ""} an empty text, where the component
 * may be null; else both are an empty text. A row that has not the header's number of fields, or a
 * field that is not what the component says, is a bad row, which may be left out, see {@link
 * io.stowage.io.object.QuarantineSettings}. What is no CSV or no UTF-8 fails the load: nobody knows
 * where the next row would begin.
 */
public final class CsvIoManager extends ObjectIoManager implements SchemaGuard {
  private static final String EXTENSION = "csv";

  private final char separator;

  public CsvIoManager(ObjectStore store, CsvSettings settings) {
    super(store, settings, new ObjectFormat(EXTENSION, "text/csv"));
    this.separator = settings.separator();
  }

  private static CsvColumns columns(Type type) {
    if (type instanceof ParameterizedType generic
        && (generic.getRawType() == List.class
            || generic.getRawType() == Stream.class
            || generic.getRawType() == Collection.class
            || generic.getRawType() == Iterable.class)) {
      return CsvColumns.of(generic.getActualTypeArguments()[0]);
    }
    throw new StowageException(
        ErrorCode.TYPE_MISMATCH,
        "CSV holds a List or a Stream of records, not a " + type.getTypeName());
  }

  /** Whether values of the type can be stored, and loaded. */
  static boolean takes(Type type) {
    try {
      columns(type);
      return true;
    } catch (StowageException e) {
      return false;
    }
  }

  /** Only what this manager's files were recorded with is compared; no file is opened. */
  @Override
  public SchemaDifference difference(OutputContext context, Materialization last) {
    StoredObject stored = last.object();
    if (stored == null
        || !stored.location().toString().endsWith("." + EXTENSION)
        || !takes(context.type())
        || !(last.metadata().get("schema") instanceof MetadataValue.TableSchema schema)) {
      return SchemaDifference.NONE;
    }
    CsvColumns columns = columns(context.type());
    return CsvSchema.difference(schema.columns(), columns);
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
    CsvColumns columns = columns(context.type());
    if (value == null) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH, "CSV has no form for null in place of rows");
    }
    RowCount rows = RowCount.of(context, value);
    var csv =
        CsvWriter.builder()
            .fieldSeparator(separator)
            .quoteStrategy(QuoteStrategies.EMPTY) // which null is not
            .build(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    csv.writeRecord(columns.names());
    long good = 0;
    while (rows.hasNext()) {
      Object row = rows.next();
      try {
        csv.writeRecord(Arrays.asList(columns.fields(row, rows.count())));
        good++;
      } catch (StowageException e) {
        if (e.code() != ErrorCode.TYPE_MISMATCH) {
          throw e; // the store's
        }
        quarantine.take(e, row);
      }
    }
    csv.flush();
    return Written.rows(good).schema(null, columns.schema());
  }

  @Override
  protected Object read(InputContext context, Type type, InputStream bytes) {
    return read(context, type, bytes, Quarantine.NONE);
  }

  @Override
  protected Object read(InputContext context, Type type, InputStream bytes, Quarantine quarantine) {
    var file = new CsvFile(bytes, separator);
    if (GenericType.isRows(type)) {
      return stream(new TextRows(file));
    }
    Stream<Object> rows = stream(new CsvRecords(columns(type), file, quarantine));
    return InputShape.raw(type) == Stream.class ? rows : rows.toList();
  }

  private static <T> Stream<T> stream(Iterator<T> rows) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
  }

  @Override
  public boolean loadsRows() {
    return true;
  }
}
