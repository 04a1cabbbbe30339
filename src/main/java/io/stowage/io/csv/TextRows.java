package io.stowage.io.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows of a file by the names of its header: texts, since nobody says what they are. */
final class TextRows implements Iterator<Map<String, @Nullable Object>> {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Iterator<CsvRecord> records;
  private final List<String> header;

  private TextRows(Iterator<CsvRecord> records) {
    this.records = records;
    if (!hasNext()) {
      throw new StowageException(ErrorCode.BAD_DATA, "the file is empty: it has no header");
    }
    this.header =
        records.next().getFields().stream()
            .map(name -> name.replace(BYTE_ORDER_MARK, "").strip())
            .toList();
  }

  static Stream<Map<String, @Nullable Object>> of(Iterator<CsvRecord> records) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new TextRows(records), Spliterator.ORDERED), false);
  }

  @Override
  public boolean hasNext() {
    try {
      return records.hasNext();
    } catch (CsvParseException e) {
      throw new StowageException(ErrorCode.BAD_DATA, "not CSV: " + e.getMessage(), e);
    }
  }

  /** A row that is too short lacks values; one that is too long has them in columns by number. */
  @Override
  public Map<String, @Nullable Object> next() {
    List<String> fields = records.next().getFields();
    var row = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < Math.max(header.size(), fields.size()); i++) {
      row.put(
          i < header.size() ? header.get(i) : "column " + (i + 1),
          i < fields.size() ? fields.get(i) : null);
    }
    return row;
  }
}
