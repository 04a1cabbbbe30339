package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import io.stowage.io.record.TypeUse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record's components as columns. */
final class RowColumns {
  private final RecordShape shape;
  private final List<Field> fields;

  private RowColumns(RecordShape shape, List<Field> fields) {
    this.shape = shape;
    this.fields = fields;
  }

  /**
   * A component.
   *
   * @param nullable whether the column may be null
   * @param optional whether the component is an {@code Optional}, which null makes empty
   */
  record Field(RecordField component, ColumnKind kind, boolean nullable, boolean optional) {
    String name() {
      return component.name();
    }

    /** The type as it stands in a definition. */
    String sql() {
      return kind.sql().sql() + (nullable ? "" : " NOT NULL");
    }

    /** What the column is to hold for that record; null for nothing. */
    @Nullable Object stored(Object row) {
      Object value = component.of(row);
      Object inner = value instanceof Optional<?> maybe && optional ? maybe.orElse(null) : value;
      if (inner == null) {
        if (!nullable || (optional && value == null)) {
          throw new IllegalArgumentException("it is null, which its declaration does not allow");
        }
        return null;
      }
      return kind.stored().apply(inner);
    }

    /** What the component is for what a column holds. */
    @Nullable Object loaded(@Nullable Object value) {
      if (value == null) {
        if (!nullable) {
          throw new IllegalArgumentException("it is null, which its declaration does not allow");
        }
        return optional ? Optional.empty() : null;
      }
      Object loaded = kind.loaded().apply(value);
      return optional ? Optional.of(loaded) : loaded;
    }
  }

  /**
   * @throws StowageException {@code TYPE_MISMATCH} where it is no record, or a component is no
   *     single value
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

  private static Field field(Class<?> type, RecordField component) {
    TypeUse use = component.use();
    boolean optional = use.raw() == Optional.class;
    Class<?> raw = optional ? use.argument(0).raw() : use.raw();
    ColumnKind kind = ColumnKind.of(raw);
    if (kind == null) {
      throw mismatch(
          "a column holds a single value, but component '%s' of record '%s' is a %s: give it a table of its own, or store the asset as Avro"
              .formatted(component.name(), type.getSimpleName(), use));
    }
    TableName.check("column", component.name());
    return new Field(component, kind, optional || use.nullable(), optional);
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
