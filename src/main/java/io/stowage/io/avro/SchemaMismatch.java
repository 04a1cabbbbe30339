package io.stowage.io.avro;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;
import org.jspecify.annotations.Nullable;

/** Says in words where two schemas are at odds: for the message of a read that has failed. */
final class SchemaMismatch {
  private SchemaMismatch() {}

  /** The first place, with the field's name; null where none is found. */
  static @Nullable String between(Schema stored, Schema declared) {
    return SchemaCompatibility.checkReaderWriterCompatibility(
            declared, Schema.applyAliases(stored, declared))
        .getResult()
        .getIncompatibilities()
        .stream()
        // what a record is called does not matter to the reading
        .filter(each -> each.getType() != SchemaIncompatibilityType.NAME_MISMATCH)
        .findFirst()
        .map(each -> words(each, declared))
        .orElse(null);
  }

  private static String words(Incompatibility mismatch, Schema declared) {
    String path = path(mismatch.getLocation(), declared);
    String reason =
        mismatch.getType() == SchemaIncompatibilityType.READER_FIELD_MISSING_DEFAULT_VALUE
            ? "it was not stored, and has no default: make it nullable or an Optional"
            : mismatch.getMessage();
    return path.isEmpty() ? reason : "field '" + path + "': " + reason;
  }

  /** Names of fields for a location such as {@code /fields/0/type/items}. */
  private static String path(String location, Schema declared) {
    var path = new StringBuilder();
    List<String> steps = List.of(location.split("/"));
    Schema at = declared;
    for (int i = 1; i < steps.size(); i++) {
      switch (steps.get(i)) {
        case "fields" -> {
          Schema.Field field = at.getFields().get(Integer.parseInt(steps.get(++i)));
          path.append(path.isEmpty() ? "" : ".").append(field.name());
          at = field.schema();
        }
        case "items" -> at = at.getElementType();
        case "values" -> at = at.getValueType();
        default -> {
          if (at.isUnion()
              && steps.get(i).matches("[0-9]+")
              && Integer.parseInt(steps.get(i)) < at.getTypes().size()) {
            at = at.getTypes().get(Integer.parseInt(steps.get(i)));
          }
        }
      }
    }
    return path.toString();
  }
}
