package io.stowage.io.avro.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Walks a writer's and a reader's schema side by side. On the way it notes what changed, and
 * rewrites the writer's schema in the reader's names: Avro resolves aliases by the name of the
 * record around a field, so that a renamed record would lose the aliases of its fields.
 */
final class SchemaWalk {
  private final List<SchemaChange> changes = new ArrayList<>();
  private final Map<Schema, Map<Schema, Schema>> alignedRecords = new IdentityHashMap<>();

  List<SchemaChange> changes() {
    return List.copyOf(changes);
  }

  Schema align(Schema writer, Schema reader, String path) {
    if (writer.isUnion()) {
      return union(writer, reader, path);
    }
    if (reader.isUnion()) {
      Schema branch = UnionBranches.match(writer, List.of(writer), reader.getTypes());
      if (branch == null) {
        return incompatible(writer, reader, path);
      }
      changes.add(new SchemaChange.Promoted(path, SchemaText.of(writer), SchemaText.of(reader)));
      return align(writer, branch, path);
    }
    return writer.getType() == reader.getType()
        ? same(writer, reader, path)
        : promoted(writer, reader, path);
  }

  private Schema same(Schema writer, Schema reader, String path) {
    return switch (writer.getType()) {
      case RECORD -> record(writer, reader, path);
      case ENUM -> enumeration(writer, reader, path);
      case ARRAY ->
          Schema.createArray(align(writer.getElementType(), reader.getElementType(), path + "[]"));
      case MAP ->
          Schema.createMap(align(writer.getValueType(), reader.getValueType(), path + "{}"));
      case FIXED ->
          writer.getFixedSize() == reader.getFixedSize() && sameMeaning(writer, reader)
              ? reader
              : incompatible(writer, reader, path);
      case UNION, NULL, BOOLEAN, FLOAT, DOUBLE -> writer;
      case STRING, BYTES, INT, LONG -> meaning(writer, reader, path);
    };
  }

  private Schema meaning(Schema writer, Schema reader, String path) {
    if (!sameMeaning(writer, reader)) {
      return incompatible(writer, reader, path);
    }
    if (writer.getProp("logicalType") != null && reader.getProp("logicalType") == null) {
      changes.add(new SchemaChange.Promoted(path, SchemaText.of(writer), SchemaText.of(reader)));
    }
    return writer;
  }

  private static String quoted(List<String> symbols) {
    return symbols.stream().map(symbol -> "'" + symbol + "'").collect(Collectors.joining(", "));
  }

  private Schema promoted(Schema writer, Schema reader, String path) {
    boolean hasMeaning =
        writer.getProp("logicalType") != null && writer.getType() != Schema.Type.STRING;
    if (!UnionBranches.promotes(writer, reader) || hasMeaning || !sameMeaning(writer, reader)) {
      return incompatible(writer, reader, path);
    }
    changes.add(new SchemaChange.Promoted(path, SchemaText.of(writer), SchemaText.of(reader)));
    return writer;
  }

  /**
   * A number may be read without its meaning, but not with another one: Avro itself would read days
   * as microseconds.
   */
  private static boolean sameMeaning(Schema writer, Schema reader) {
    String expected = reader.getProp("logicalType");
    return expected == null
        || (expected.equals(writer.getProp("logicalType"))
            && Objects.equals(reader.getObjectProp("scale"), writer.getObjectProp("scale")));
  }

  private Schema incompatible(Schema writer, Schema reader, String path) {
    changes.add(new SchemaChange.Incompatible(path, SchemaText.of(writer), SchemaText.of(reader)));
    return writer;
  }

  private Schema union(Schema writer, Schema reader, String path) {
    List<Schema> expected = reader.isUnion() ? reader.getTypes() : List.of(reader);
    var branches = new ArrayList<Schema>();
    var names = new HashSet<String>();
    for (Schema branch : writer.getTypes()) {
      Schema target = UnionBranches.match(branch, writer.getTypes(), expected);
      if (target == null) {
        return incompatible(writer, reader, path);
      }
      Schema aligned = align(branch, target, path);
      branches.add(names.add(aligned.getFullName()) ? aligned : branch);
    }
    return Schema.createUnion(branches);
  }

  private Schema enumeration(Schema writer, Schema reader, String path) {
    for (String symbol : writer.getEnumSymbols()) {
      if (!reader.hasEnumSymbol(symbol) && reader.getEnumDefault() == null) {
        changes.add(
            new SchemaChange.Incompatible(
                path, "'" + symbol + "'", SchemaText.of(reader) + ", which lacks it"));
      }
    }
    var more = new ArrayList<>(reader.getEnumSymbols());
    more.removeAll(writer.getEnumSymbols());
    if (!more.isEmpty()) {
      changes.add(
          new SchemaChange.Promoted(
              path, SchemaText.of(writer), SchemaText.of(reader) + " with " + quoted(more)));
    }
    return Schema.createEnum(
        reader.getName(), null, reader.getNamespace(), writer.getEnumSymbols());
  }

  private Schema record(Schema writer, Schema reader, String path) {
    Map<Schema, Schema> done =
        alignedRecords.computeIfAbsent(writer, key -> new IdentityHashMap<>());
    Schema known = done.get(reader);
    if (known != null) {
      return known;
    }
    Schema aligned = Schema.createRecord(reader.getName(), null, reader.getNamespace(), false);
    done.put(reader, aligned);
    Map<String, Schema.Field> matches = matches(writer, reader, path);
    var fields = new ArrayList<Schema.Field>();
    for (Schema.Field field : writer.getFields()) {
      fields.add(field(field, matches.get(field.name()), path));
    }
    aligned.setFields(fields);
    return aligned;
  }

  private Schema.Field field(Schema.Field written, Schema.@Nullable Field expected, String path) {
    if (expected == null) {
      changes.add(new SchemaChange.Removed(below(path, written), SchemaText.of(written.schema())));
      return new Schema.Field(written.name(), written.schema(), null, null);
    }
    Schema type = align(written.schema(), expected.schema(), below(path, expected));
    return new Schema.Field(expected.name(), type, null, null);
  }

  /** The reader's fields by the names that the writer has for them. */
  private Map<String, Schema.Field> matches(Schema writer, Schema reader, String path) {
    var matches = new HashMap<String, Schema.Field>();
    for (Schema.Field field : reader.getFields()) {
      if (writer.getField(field.name()) != null) {
        matches.put(field.name(), field);
      }
    }
    for (Schema.Field field : reader.getFields()) {
      if (writer.getField(field.name()) == null) {
        String former = formerName(field, writer, matches);
        if (former == null) {
          changes.add(
              new SchemaChange.Added(
                  below(path, field), SchemaText.of(field.schema()), field.hasDefaultValue()));
        } else {
          changes.add(new SchemaChange.Renamed(below(path, field), former));
          matches.put(former, field);
        }
      }
    }
    return matches;
  }

  private static @Nullable String formerName(
      Schema.Field field, Schema writer, Map<String, Schema.Field> taken) {
    for (String alias : field.aliases()) {
      if (writer.getField(alias) != null && !taken.containsKey(alias)) {
        return alias;
      }
    }
    return null;
  }

  private static String below(String path, Schema.Field field) {
    return path.isEmpty() ? field.name() : path + "." + field.name();
  }
}
