package io.stowage.control.page;

import io.stowage.protocol.MaterializationView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The columns of what was stored last, and how they came to be so.
 *
 * @param changes newest first
 */
public record ShownSchema(List<Column> columns, List<Change> changes) {
  /** A column. */
  public record Column(String name, String type) {}

  /** What a run changed. */
  public record Change(Instant at, UUID run, List<String> says) {}

  /**
   * @param history newest first
   */
  static ShownSchema of(List<MaterializationView> history) {
    var changes = new ArrayList<Change>();
    var columns = new ArrayList<Column>();
    MaterializationView after = null;
    for (MaterializationView each : history) {
      if (columns(each).isEmpty()) {
        continue;
      }
      if (after == null) {
        columns(each).forEach((name, type) -> columns.add(new Column(name, type)));
      } else {
        var says = difference(columns(each), columns(after));
        if (!says.isEmpty()) {
          changes.add(new Change(after.committedAt(), after.runId(), says));
        }
      }
      after = each;
    }
    return new ShownSchema(columns, changes);
  }

  private static Map<String, String> columns(MaterializationView view) {
    var columns = new TreeMap<String, String>();
    if (view.metadata().getOrDefault("schema", Map.of()).get("value") instanceof Map<?, ?> schema) {
      schema.forEach((name, type) -> columns.put(String.valueOf(name), String.valueOf(type)));
    }
    return columns;
  }

  private static List<String> difference(Map<String, String> before, Map<String, String> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    var says = new ArrayList<String>();
    for (String name : names) {
      String old = before.getOrDefault(name, "");
      String now = after.getOrDefault(name, "");
      if (!old.equals(now)) {
        says.add(
            old.isEmpty()
                ? "+ " + name + " " + now
                : now.isEmpty() ? "− " + name + " " + old : name + ": " + old + " → " + now);
      }
    }
    return says;
  }
}
