package io.stowage.control.page;

import io.quarkus.qute.RawString;
import io.stowage.protocol.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value of metadata, as it is shown.
 *
 * @param kind {@code text}, {@code code}, {@code number}, {@code link}, {@code time}, {@code
 *     markdown} or {@code table}
 * @param text in full
 * @param href where it leads; empty where nowhere
 * @param markup of CommonMark; null of other kinds
 */
public record ShownMetadata(
    String label,
    String kind,
    String text,
    String href,
    @Nullable RawString markup,
    List<String> columns,
    List<List<String>> rows) {
  private static final List<String> FIRST = List.of("rows", "bytes", "seconds");
  private static final List<String> LAST = List.of("codec", "uri", "etag", "checksum", "schema");

  /** By label; what managers always say first, and what only they need last. */
  static List<ShownMetadata> of(Map<String, Map<String, Object>> metadata) {
    return metadata.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, Map<String, Object>> each) -> place(each.getKey()))
                .thenComparing(Map.Entry::getKey))
        .map(each -> of(each.getKey(), each.getValue()))
        .toList();
  }

  /** Whether it leads to a page that is not ours. */
  public boolean elsewhere() {
    return isOfTheWeb(href);
  }

  private static int place(String label) {
    return FIRST.contains(label)
        ? FIRST.indexOf(label)
        : LAST.contains(label) ? FIRST.size() + 1 + LAST.indexOf(label) : FIRST.size();
  }

  static ShownMetadata of(String label, Map<String, Object> data) {
    String type = String.valueOf(data.get("type"));
    Object value = data.get("value");
    String text = value == null ? "" : String.valueOf(value);
    return switch (type) {
      case "int", "float" -> plain(label, "number", number(label, value, text));
      case "markdown" ->
          new ShownMetadata(label, "markdown", text, "", Markdown.html(text), List.of(), List.of());
      case "url" -> link(label, text, isOfTheWeb(text) ? text : "");
      case "asset" -> link(label, text, Link.asset(text));
      case "run" -> link(label, text, "/runs/" + Link.encoded(text));
      case "timestamp" -> plain(label, "time", time(text));
      case "json" -> plain(label, "code", value == null ? "null" : Json.text(value));
      case "path" -> plain(label, "code", text);
      case "table" -> table(label, value);
      case "table_schema", "column_lineage" -> pairs(label, type, value);
      case "null" -> plain(label, "text", "null");
      default -> plain(label, "text", text);
    };
  }

  private static ShownMetadata plain(String label, String kind, String text) {
    return new ShownMetadata(label, kind, text, "", null, List.of(), List.of());
  }

  private static ShownMetadata link(String label, String text, String href) {
    return new ShownMetadata(
        label, href.isEmpty() ? "code" : "link", text, href, null, List.of(), List.of());
  }

  private static boolean isOfTheWeb(String url) {
    return url.startsWith("https://") || url.startsWith("http://");
  }

  private static String time(String text) {
    try {
      return Shown.minute(Instant.parse(text)) + " UTC";
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  private static String number(String label, @Nullable Object value, String text) {
    if (!(value instanceof Number number)) {
      return text;
    }
    return switch (label) {
      case "bytes" -> Shown.bytes(number.longValue());
      case "seconds" -> Shown.seconds(number.doubleValue());
      default ->
          number instanceof Integer || number instanceof Long
              ? (number.longValue() < 0 ? "−" : "") + Shown.count(Math.abs(number.longValue()))
              : text;
    };
  }

  private static ShownMetadata table(String label, @Nullable Object value) {
    var columns = new ArrayList<String>();
    var rows = new ArrayList<List<String>>();
    if (value instanceof Map<?, ?> table
        && table.get("columns") instanceof List<?> names
        && table.get("rows") instanceof List<?> lines) {
      names.forEach(name -> columns.add(String.valueOf(name)));
      lines.forEach(
          line -> {
            if (line instanceof List<?> cells) {
              rows.add(cells.stream().map(cell -> cell == null ? "" : cell.toString()).toList());
            }
          });
    }
    return new ShownMetadata(label, "table", "", "", null, columns, rows);
  }

  private static ShownMetadata pairs(String label, String type, @Nullable Object value) {
    var rows = new ArrayList<List<String>>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, of) -> rows.add(List.of(Objects.toString(name), words(of))));
    }
    return new ShownMetadata(
        label,
        "table",
        "",
        "",
        null,
        type.equals("table_schema") ? List.of("column", "type") : List.of("column", "made of"),
        rows);
  }

  private static String words(@Nullable Object of) {
    return of instanceof List<?> list
        ? String.join(", ", list.stream().map(String::valueOf).toList())
        : String.valueOf(of);
  }
}
