package io.stowage.worker;

import io.stowage.api.Materialization;
import io.stowage.protocol.Json;
import io.stowage.protocol.Preview;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first rows of a value as text, within what a preview may hold. */
final class FirstRows {
  private static final String LEFT_OUT = "…";

  private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
  private final boolean more;
  private boolean shortened;
  private int room = Preview.MOST_TEXT;

  private FirstRows(Iterator<Map<String, @Nullable Object>> all, int most) {
    while (rows.size() < most && all.hasNext()) {
      rows.add(all.next());
    }
    more = all.hasNext();
  }

  static FirstRows of(Iterator<Map<String, @Nullable Object>> all, int most) {
    return new FirstRows(all, most);
  }

  Preview preview(UUID run, String asset, Materialization of) {
    List<String> names = columns();
    List<List<@Nullable String>> shown = new ArrayList<>();
    for (var row : rows) {
      List<@Nullable String> cells = cells(row, names);
      if (room < 0) {
        shortened = true;
        break;
      }
      shown.add(cells);
    }
    return new Preview(
        run,
        asset,
        of.partition(),
        UUID.fromString(of.id()),
        names.stream().map(name -> new Preview.Column(clipped(name), numbers(name))).toList(),
        shown,
        more || shown.size() < rows.size(),
        shortened);
  }

  private List<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    shortened |= names.size() > Preview.MOST_COLUMNS;
    List<String> columns = names.stream().limit(Preview.MOST_COLUMNS).toList();
    columns.forEach(name -> room -= clipped(name).length());
    return columns;
  }

  private boolean numbers(String name) {
    return rows.stream().map(row -> row.get(name)).allMatch(FirstRows::isNumberOrNull);
  }

  private static boolean isNumberOrNull(@Nullable Object cell) {
    return cell == null || cell instanceof Number;
  }

  private List<@Nullable String> cells(Map<String, @Nullable Object> row, List<String> names) {
    List<@Nullable String> cells = new ArrayList<>();
    for (String name : names) {
      Object cell = row.get(name);
      String text = cell == null ? null : clipped(text(cell));
      room -= text == null ? 0 : text.length();
      cells.add(text);
    }
    return cells;
  }

  private static String text(Object cell) {
    return switch (cell) {
      case byte[] bytes -> bytes.length + " bytes";
      case Map<?, ?> map -> Json.text(map);
      case Collection<?> all -> Json.text(all);
      default -> cell.toString();
    };
  }

  private String clipped(String text) {
    if (text.length() <= Preview.LONGEST_CELL) {
      return text;
    }
    shortened = true;
    int end = Preview.LONGEST_CELL - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + LEFT_OUT;
  }
}
