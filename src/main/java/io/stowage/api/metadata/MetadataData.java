package io.stowage.api.metadata;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of metadata as maps of plain values, which is how they travel and rest. */
final class MetadataData {
  private MetadataData() {}

  static Map<String, @Nullable Object> of(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text(var text) -> typed("text", text);
      case MetadataValue.Markdown(var text) -> typed("markdown", text);
      case MetadataValue.Url(var uri) -> typed("url", uri.toString());
      case MetadataValue.PathValue(var path) -> typed("path", path);
      case MetadataValue.Json(var json) -> typed("json", json);
      case MetadataValue.Int(var number) -> typed("int", number);
      case MetadataValue.Float(var number) -> typed("float", number);
      case MetadataValue.Bool(var bool) -> typed("bool", bool);
      case MetadataValue.Timestamp(var time) -> typed("timestamp", time.toString());
      case MetadataValue.Asset(var key) -> typed("asset", key.toString());
      case MetadataValue.Run(var id) -> typed("run", id);
      case MetadataValue.Table(var columns, var rows) ->
          typed("table", Map.of("columns", columns, "rows", rows));
      case MetadataValue.TableSchema(var columns) -> typed("table_schema", columns);
      case MetadataValue.ColumnLineage(var columns) -> typed("column_lineage", columns);
      case MetadataValue.Null() -> typed("null", null);
    };
  }

  private static Map<String, @Nullable Object> typed(String type, @Nullable Object value) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("type", type);
    data.put("value", value);
    return data;
  }

  static MetadataValue value(Map<String, ? extends @Nullable Object> data) {
    String type = String.valueOf(data.get("type"));
    Object value = data.get("value");
    try {
      return read(type, value);
    } catch (RuntimeException e) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "metadata of type '" + type + "' cannot have the value '" + value + "'",
          e);
    }
  }

  @SuppressWarnings("unchecked")
  private static MetadataValue read(String type, @Nullable Object value) {
    if (value == null) {
      return type.equals("json") ? new MetadataValue.Json(null) : new MetadataValue.Null();
    }
    return switch (type) {
      case "text" -> new MetadataValue.Text((String) value);
      case "markdown" -> new MetadataValue.Markdown((String) value);
      case "url" -> new MetadataValue.Url(URI.create((String) value));
      case "path" -> new MetadataValue.PathValue((String) value);
      case "json" -> new MetadataValue.Json(value);
      case "int" -> new MetadataValue.Int(((Number) value).longValue());
      case "float" -> new MetadataValue.Float(((Number) value).doubleValue());
      case "bool" -> new MetadataValue.Bool((Boolean) value);
      case "timestamp" -> new MetadataValue.Timestamp(Instant.parse((String) value));
      case "asset" -> new MetadataValue.Asset(AssetKey.of((String) value));
      case "run" -> new MetadataValue.Run((String) value);
      case "table" -> table((Map<String, Object>) value);
      case "table_schema" -> new MetadataValue.TableSchema((Map<String, String>) value);
      case "column_lineage" -> new MetadataValue.ColumnLineage((Map<String, List<String>>) value);
      default -> throw new IllegalArgumentException("unknown type");
    };
  }

  @SuppressWarnings("unchecked")
  private static MetadataValue table(Map<String, Object> value) {
    var columns = (List<String>) value.get("columns");
    var rows = (List<List<Object>>) value.get("rows");
    if (columns == null || rows == null) {
      throw new IllegalArgumentException("a table has columns and rows");
    }
    if (rows.stream().anyMatch(row -> row.size() != columns.size())) {
      throw new IllegalArgumentException("a row is as long as the columns");
    }
    return MetadataValue.table(columns, rows);
  }
}
