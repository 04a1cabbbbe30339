package io.stowage.io.csv;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.OutputContext;
import io.stowage.api.StowageException;
import io.stowage.io.csv.rows.CsvFormat;
import io.stowage.io.csv.rows.CsvRowReader;
import io.stowage.io.csv.rows.CsvRowWriter;
import io.stowage.io.object.ObjectFormat;
import io.stowage.io.object.ObjectIoManager;
import io.stowage.io.object.RowCount;
import io.stowage.io.object.Written;
import io.stowage.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stores lists and streams of records as CSV with a header, UTF-8, and loads them; both as they
 * come.
 */
public final class CsvIoManager extends ObjectIoManager {
  private static final Set<Type> SEQUENCES =
      Set.of(List.class, Stream.class, Collection.class, Iterable.class);

  private final CsvFormat format;

  public CsvIoManager(ObjectStore store, CsvSettings settings) {
    super(store, settings, new ObjectFormat("csv", "text/csv"));
    this.format = new CsvFormat(settings.separator(), StandardCharsets.UTF_8);
  }

  @Override
  public boolean accepts(Type type) {
    try {
      return element(type) instanceof Class<?> row && row.isRecord();
    } catch (StowageException e) {
      return false;
    }
  }

  private static Type element(Type type) {
    if (type instanceof ParameterizedType generic && SEQUENCES.contains(generic.getRawType())) {
      return generic.getActualTypeArguments()[0];
    }
    throw new StowageException(
        ErrorCode.TYPE_MISMATCH,
        "CSV holds a List or a Stream of records, not a " + type.getTypeName());
  }

  @Override
  protected Written write(OutputContext context, @Nullable Object value, OutputStream bytes)
      throws IOException {
    if (value == null) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH, "CSV has no form for null in place of rows");
    }
    Type element = element(context.type());
    RowCount rows = RowCount.of(context, value);
    try (var csv = CsvRowWriter.open(bytes, element, format)) {
      while (rows.hasNext()) {
        csv.append(rows.next());
      }
      var columns = new LinkedHashMap<String, String>();
      csv.columns().forEach(column -> columns.put(column, "text"));
      return Written.rows(rows.count()).schema(null, columns);
    }
  }

  @Override
  protected Object read(InputContext context, Type type, InputStream bytes) {
    var rows = CsvRowReader.open(bytes, element(type), format);
    Stream<Object> stream =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
    return type instanceof ParameterizedType generic && generic.getRawType() == Stream.class
        ? stream
        : stream.toList();
  }
}
