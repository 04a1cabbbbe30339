package io.stowage.io.csv;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a file by the names of its header: texts, since nobody says what they are. */
final class TextRows implements Iterator<Map<String, @Nullable Object>> {
  private final CsvFile file;

  TextRows(CsvFile file) {
    this.file = file;
  }

  @Override
  public boolean hasNext() {
    return file.hasNext();
  }

  /**
   * A row that is too short lacks values; one that is too long, or whose header has a name twice,
   * has them in columns by number.
   */
  @Override
  public Map<String, @Nullable Object> next() {
    List<@Nullable String> fields = file.next().fields();
    var row = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < Math.max(file.header().size(), fields.size()); i++) {
      String name = i < file.header().size() ? file.header().get(i) : "";
      row.put(
          name.isEmpty() || row.containsKey(name) ? "column " + (i + 1) : name,
          i < fields.size() ? Objects.requireNonNullElse(fields.get(i), "") : null);
    }
    return row;
  }
}
