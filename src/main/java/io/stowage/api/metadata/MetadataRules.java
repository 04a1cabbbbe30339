package io.stowage.api.metadata;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value can be kept as the kind of metadata that it is, asked when it gets its label, so
 * that a refusal names both.
 */
record MetadataRules(String label) {
  private static final int LONGEST_LABEL = 255;

  MetadataRules {
    if (label == null || label.isBlank()) {
      throw refused("metadata needs a label that is not blank");
    }
    if (label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl)) {
      throw refused(
          "metadata '"
              + label
                  .substring(0, Math.min(LONGEST_LABEL, label.length()))
                  .replaceAll("\\p{Cntrl}", "?")
              + "' needs a label of 1 to "
              + LONGEST_LABEL
              + " characters without control characters");
    }
  }

  /** The value as it is kept. */
  MetadataValue kept(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text(var text) -> textual("text", text, value);
      case MetadataValue.Markdown(var text) -> textual("markdown", text, value);
      case MetadataValue.PathValue(var path) -> textual("path", filled("path", path), value);
      case MetadataValue.Run(var id) -> textual("run", filled("run", id), value);
      case MetadataValue.Url(var uri) -> {
        if (!there("url", uri).isAbsolute()) {
          throw cannot("url", "have the value '" + uri + "', which has no scheme such as https:");
        }
        yield value;
      }
      case MetadataValue.Float(var number) -> {
        if (!Double.isFinite(number)) {
          throw cannot("float", "be " + number + ": JSON has no word for it");
        }
        yield value;
      }
      case MetadataValue.Timestamp(var time) -> {
        there("timestamp", time);
        yield value;
      }
      case MetadataValue.Asset(var key) -> {
        there("asset", key);
        yield value;
      }
      case MetadataValue.Json(var json) -> new MetadataValue.Json(new JsonData(this).plain(json));
      case MetadataValue.Table table -> table(table);
      case MetadataValue.TableSchema(var columns) -> schema(columns);
      case MetadataValue.ColumnLineage(var columns) -> lineage(columns);
      case MetadataValue.Int _, MetadataValue.Bool _, MetadataValue.Null _ -> value;
    };
  }

  private MetadataValue table(MetadataValue.Table table) {
    List<String> columns = there("table", table.columns());
    var names = new HashSet<String>();
    for (String column : columns) {
      if (!names.add(filled("table", column))) {
        throw cannot("table", "have the column '" + column + "' twice");
      }
    }
    var json = new JsonData(this);
    var rows = new ArrayList<List<@Nullable Object>>();
    for (List<@Nullable Object> row : there("table", table.rows())) {
      if (row == null || row.size() != columns.size()) {
        throw cannot(
            "table",
            "have "
                + columns.size()
                + " columns and, as row "
                + (rows.size() + 1)
                + ", "
                + (row == null ? "null" : "one of " + row.size() + " values"));
      }
      var cells = new ArrayList<@Nullable Object>(row.size());
      for (int i = 0; i < row.size(); i++) {
        cells.add(
            json.scalar("column '" + columns.get(i) + "' of row " + (rows.size() + 1), row.get(i)));
      }
      rows.add(cells);
    }
    return new MetadataValue.Table(List.copyOf(columns), rows);
  }

  private MetadataValue schema(Map<String, String> columns) {
    var copy = new LinkedHashMap<String, String>();
    there("table_schema", columns)
        .forEach(
            (name, type) ->
                copy.put(
                    text("table_schema", filled("table_schema", name)),
                    text("table_schema", filled("table_schema", type))));
    return new MetadataValue.TableSchema(copy);
  }

  private MetadataValue lineage(Map<String, List<String>> columns) {
    var copy = new LinkedHashMap<String, List<String>>();
    there("column_lineage", columns)
        .forEach(
            (name, upstream) -> {
              there("column_lineage", upstream).forEach(this::upstreamColumn);
              copy.put(
                  text("column_lineage", filled("column_lineage", name)), List.copyOf(upstream));
            });
    return new MetadataValue.ColumnLineage(copy);
  }

  private void upstreamColumn(@Nullable String column) {
    int colon = column == null ? -1 : column.lastIndexOf(':');
    try {
      if (column != null && colon > 0 && colon < column.length() - 1) {
        AssetKey.of(column.substring(0, colon));
        return;
      }
    } catch (StowageException e) {
      // told below
    }
    throw cannot("column_lineage", "name the column '" + column + "': write asset/key:column");
  }

  private MetadataValue textual(String type, @Nullable String text, MetadataValue value) {
    text(type, there(type, text));
    return value;
  }

  /** Text without the one character that the ledger cannot keep. */
  String text(String type, String text) {
    if (text.indexOf('\0') >= 0) {
      throw cannot(type, "hold the character U+0000");
    }
    return text;
  }

  private String filled(String type, @Nullable String text) {
    String given = there(type, text);
    if (given.isBlank()) {
      throw cannot(type, "be blank, or have a blank part");
    }
    return given;
  }

  private <T> T there(String type, @Nullable T part) {
    if (part == null) {
      throw cannot(type, "be without a value, or a part of it: null has a kind of its own");
    }
    return part;
  }

  StowageException cannot(String type, String what) {
    return refused("metadata '" + label + "' of type '" + type + "' cannot " + what);
  }

  private static StowageException refused(String message) {
    return new StowageException(ErrorCode.TYPE_MISMATCH, message);
  }
}
