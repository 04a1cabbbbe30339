package io.stowage.io.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
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
import io.stowage.io.object.ObjectFormat;
import io.stowage.io.object.ObjectIoManager;
import io.stowage.io.object.Quarantine;
import io.stowage.io.object.RowCount;
import io.stowage.io.object.Written;
import io.stowage.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
 * come.
 */
public final class CsvIoManager extends ObjectIoManager implements SchemaGuard {
  private static final String EXTENSION = "csv";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

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
    return CsvSchema.difference(schema.columns(), columns.schema(), columns.mayMiss());
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
            .build(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    csv.writeRecord(columns.names());
    long good = 0;
    while (rows.hasNext()) {
      Object row = rows.next();
      try {
        csv.writeRecord(Arrays.asList(columns.fields(row, rows.count() - 1)));
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
    if (GenericType.isRows(type)) {
      return TextRows.of(records(bytes));
    }
    var rows = new Rows(columns(type), records(bytes));
    Stream<Object> stream =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
    return type instanceof ParameterizedType generic && generic.getRawType() == Stream.class
        ? stream
        : stream.toList();
  }

  private Iterator<CsvRecord> records(InputStream bytes) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .allowMissingFields(true)
        .ofCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8))
        .iterator();
  }

  @Override
  public boolean loadsRows() {
    return true;
  }

  /** Rows of a file as records, by the columns that its header names. */
  private static final class Rows implements Iterator<Object> {
    private final CsvColumns columns;
    private final Iterator<CsvRecord> records;
    private final int[] places;

    Rows(CsvColumns columns, Iterator<CsvRecord> records) {
      this.columns = columns;
      this.records = records;
      if (!hasNext()) {
        throw new StowageException(ErrorCode.BAD_DATA, "the file is empty: it has no header");
      }
      List<String> header = records.next().getFields();
      this.places =
          columns.places(
              header.stream().map(name -> name.replace(BYTE_ORDER_MARK, "").strip()).toList());
    }

    @Override
    public boolean hasNext() {
      try {
        return records.hasNext();
      } catch (CsvParseException e) {
        String reason = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
        throw new StowageException(ErrorCode.BAD_DATA, "not CSV: " + e.getMessage() + reason, e);
      }
    }

    @Override
    public Object next() {
      CsvRecord row = records.next();
      return columns.record(row.getFields(), places, row.getStartingLineNumber());
    }
  }
}
