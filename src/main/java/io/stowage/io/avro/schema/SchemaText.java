package io.stowage.io.avro.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Schemas in words, for messages and for the columns of a materialization. */
public final class SchemaText {
  private SchemaText() {}

  /**
   * {@code long}, {@code timestamp-micros}, {@code list of record Station}, {@code string or null}.
   */
  public static String of(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> "record " + schema.getName();
      case ENUM -> "enum " + schema.getName();
      case ARRAY -> "list of " + of(schema.getElementType());
      case MAP -> "map of " + of(schema.getValueType());
      case UNION -> union(schema.getTypes());
      case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> simple(schema);
    };
  }

  private static String simple(Schema schema) {
    String meaning = schema.getProp("logicalType");
    return meaning == null ? schema.getType().name().toLowerCase(Locale.ROOT) : meaning;
  }

  private static String union(List<Schema> branches) {
    String values =
        branches.stream()
            .filter(branch -> branch.getType() != Schema.Type.NULL)
            .map(SchemaText::of)
            .collect(Collectors.joining(" or "));
    return branches.stream().anyMatch(branch -> branch.getType() == Schema.Type.NULL)
        ? values + " or null"
        : values;
  }

  /** The fields of a record and their types, in order; none where it is no record. */
  public static Map<String, String> columns(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      return Map.of();
    }
    var columns = new LinkedHashMap<String, String>();
    schema.getFields().forEach(field -> columns.put(field.name(), of(field.schema())));
    return columns;
  }
}
