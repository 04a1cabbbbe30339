package io.stowage.control.page;

import io.stowage.control.ledger.MaterializationHistory.StoredSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   * @param schemas newest first, each other than the next
   */
  static ShownSchema of(List<StoredSchema> schemas) {
    var changes = new ArrayList<Change>();
    for (int i = 0; i + 1 < schemas.size(); i++) {
      var after = schemas.get(i);
      changes.add(
          new Change(
              after.at(), after.run(), difference(schemas.get(i + 1).columns(), after.columns())));
    }
    return new ShownSchema(
        schemas.isEmpty()
            ? List.of()
            : schemas.getFirst().columns().entrySet().stream()
                .map(column -> new Column(column.getKey(), column.getValue()))
                .toList(),
        changes);
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
