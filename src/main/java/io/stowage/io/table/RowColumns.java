package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.object.InputShape;
import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import io.stowage.io.table.column.ColumnKind;
import io.stowage.io.table.column.Presence;
import io.stowage.io.table.json.JsonKind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record's components as columns. */
final class RowColumns {
  private final RecordShape shape;
  private final List<Field> fields;

  private RowColumns(RecordShape shape, List<Field> fields) {
    this.shape = shape;
    this.fields = fields;
  }

  /** A component. */
  record Field(RecordField component, ColumnKind kind, Presence presence) {
    String name() {
      return component.name();
    }

    /** Whether the column may be null. */
    boolean nullable() {
      return presence.nullable();
    }

    /** The type as it stands in a definition. */
    String sql() {
      return kind.sql().sql() + (nullable() ? "" : " NOT NULL");
    }

    /** What the column is to hold for that record; null for nothing. */
    @Nullable Object stored(Object row) {
      Object inner = presence.inner(component.of(row));
      return inner == null ? null : kind.stored().apply(inner);
    }

    /** What the component is for what a column holds. */
    @Nullable Object loaded(@Nullable Object value) {
      return presence.outer(value == null ? null : kind.loaded().apply(value));
    }
  }

  /**
   * @throws StowageException {@code TYPE_MISMATCH} where it is no record, or a component's type
   *     cannot be stored
   */
  static RowColumns of(Class<?> type) {
    if (!type.isRecord()) {
      throw mismatch("a table holds rows of records, not a " + type.getTypeName());
    }
    RecordShape shape;
    try {
      shape = RecordShape.of(type);
    } catch (IllegalArgumentException e) {
      throw mismatch(String.valueOf(e.getMessage()));
    }
    if (shape.fields().isEmpty()) {
      throw mismatch("record '" + type.getSimpleName() + "' has no components to make columns of");
    }
    return new RowColumns(shape, shape.fields().stream().map(each -> field(type, each)).toList());
  }

  /** Of a record, or of what holds several of them: a list, a stream, a map by partition. */
  static RowColumns ofRows(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = InputShape.raw(generic);
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == Map.class && InputShape.raw(arguments[1]) != Map.class) {
        return ofRows(arguments[1]);
      }
      if (raw == Stream.class || InputShape.isList(raw)) {
        return of(InputShape.raw(arguments[0]));
      }
    }
    return of(InputShape.raw(type));
  }

  private static Field field(Class<?> type, RecordField component) {
    Presence presence = Presence.of(component.use());
    ColumnKind kind = ColumnKind.of(presence.use());
    try {
      TableName.check("column", component.name());
      return new Field(component, kind == null ? JsonKind.of(presence.use()) : kind, presence);
    } catch (IllegalArgumentException e) {
      throw mismatch(
          "component '%s' of record '%s' has no column: %s"
              .formatted(component.name(), type.getSimpleName(), e.getMessage()));
    }
  }

  private static StowageException mismatch(String message) {
    return new StowageException(ErrorCode.TYPE_MISMATCH, message);
  }

  RecordShape shape() {
    return shape;
  }

  List<Field> fields() {
    return fields;
  }

  String record() {
    return shape.type().getSimpleName();
  }

  /**
   * The column of each field, null where there is none: by its name, else by an earlier one, else
   * whatever case and underscores are, {@code tempMax} and {@code temp_max}.
   */
  List<@Nullable String> columnsIn(LiveTable table) {
    var columns = new ArrayList<@Nullable String>();
    fields.forEach(field -> columns.add(columnOf(field, table)));
    return columns;
  }

  private @Nullable String columnOf(Field field, LiveTable table) {
    if (table.columns().containsKey(field.name())) {
      return field.name();
    }
    for (String alias : field.component().aliases()) {
      if (table.columns().containsKey(alias)) {
        return alias;
      }
    }
    return table.columns().keySet().stream()
        .filter(column -> plain(column).equals(plain(field.name())))
        .filter(column -> fields.stream().noneMatch(other -> other.name().equals(column)))
        .findFirst()
        .orElse(null);
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Names and types of the columns. */
  Map<String, String> schema() {
    var schema = new LinkedHashMap<String, String>();
    fields.forEach(field -> schema.put(field.name(), field.sql()));
    return schema;
  }

  /** Tells schemas apart: SHA-256 over names and types, as 64 hexadecimal digits. */
  String fingerprint() {
    try {
      byte[] text = schema().toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
