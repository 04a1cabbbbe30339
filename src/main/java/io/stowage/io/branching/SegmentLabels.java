package io.stowage.io.branching;

import io.stowage.api.InputContext;
import io.stowage.api.metadata.MetadataValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What several managers tell of the parts of one input: counts are added up, rows of tables stand
 * one behind the other, of anything else the last stays. For several threads.
 */
final class SegmentLabels {
  private static final Set<String> COUNTS = Set.of("rows", "bytes", "seconds", "quarantined");

  /** As many as a manager shows of its own bad rows. */
  private static final int SHOWN = 10;

  private final InputContext whole;
  private final Map<String, Map<Part, MetadataValue>> told = new HashMap<>();

  SegmentLabels(InputContext whole) {
    this.whole = whole;
  }

  /** The next part of the input; what it tells again stands in the place of what it told. */
  final class Part {
    void add(String label, Object value) {
      var kept = MetadataValue.of(label, value);
      synchronized (told) {
        var parts = told.computeIfAbsent(label, _ -> new LinkedHashMap<>());
        parts.put(this, kept);
        whole.addInputMetadata(label, together(label, kept, parts.values()));
      }
    }
  }

  private static MetadataValue together(
      String label, MetadataValue last, Collection<MetadataValue> parts) {
    if (COUNTS.contains(label)) {
      return sum(last, parts);
    }
    if (last instanceof MetadataValue.Table table) {
      var rows = new ArrayList<List<@Nullable Object>>();
      for (MetadataValue each : parts) {
        if (!(each instanceof MetadataValue.Table other)
            || !other.columns().equals(table.columns())) {
          return last;
        }
        rows.addAll(other.rows());
      }
      return MetadataValue.table(
          table.columns(),
          rows.subList(0, Math.min(rows.size(), Math.max(SHOWN, table.rows().size()))));
    }
    return last;
  }

  private static MetadataValue sum(MetadataValue last, Collection<MetadataValue> parts) {
    long whole = 0;
    double number = 0;
    boolean isWhole = true;
    for (MetadataValue each : parts) {
      switch (each) {
        case MetadataValue.Int(long value) -> whole += value;
        case MetadataValue.Float(double value) -> {
          number += value;
          isWhole = false;
        }
        default -> {
          return last;
        }
      }
    }
    return isWhole ? new MetadataValue.Int(whole) : new MetadataValue.Float(whole + number);
  }
}
