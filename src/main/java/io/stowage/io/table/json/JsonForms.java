package io.stowage.io.table.json;

import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import io.stowage.io.record.TypeUse;
import io.stowage.io.table.column.ArrayKind;
import io.stowage.io.table.column.ColumnKind;
import io.stowage.io.table.column.Presence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the tree of forms for a type. */
final class JsonForms {
  private final Map<Class<?>, JsonRecord> records = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();

  private JsonForms() {}

  /**
   * @throws IllegalArgumentException naming the type that cannot be stored, where it stands, and
   *     why
   */
  static JsonForm of(TypeUse use) {
    return new JsonForms().form(use);
  }

  private JsonForm form(TypeUse use) {
    Class<?> raw = use.raw();
    ColumnKind single = ColumnKind.ofSingle(raw);
    if (single != null) {
      return new JsonScalar(single);
    }
    TypeUse elements = ArrayKind.elements(use);
    if (elements != null) {
      return new JsonArray(raw, present(elements));
    }
    if (raw == Map.class) {
      if (use.argument(0).raw() != String.class) {
        throw refused(use, "the names of a JSON object are texts: declare a Map<String, …>");
      }
      return new JsonMap(present(use.argument(1)));
    }
    if (raw.isRecord()) {
      return record(use, raw);
    }
    if (raw.isSealed()) {
      var branches = new LinkedHashMap<Class<?>, JsonForm>();
      addBranches(use, raw, branches);
      return new JsonUnion(branches);
    }
    throw refused(
        use,
        raw == Object.class
            ? "it says nothing about its values: declare what it holds"
            : "only records, sealed interfaces of records, enums, lists, sets, maps and the usual scalars are stored");
  }

  private JsonForm.Present present(TypeUse use) {
    Presence presence = Presence.of(use);
    if (presence.use().raw() == Optional.class) {
      throw refused(use, "an Optional of an Optional has two kinds of nothing, and JSON has one");
    }
    return new JsonForm.Present(form(presence.use()), presence);
  }

  private JsonForm record(TypeUse use, Class<?> type) {
    JsonRecord known = records.get(type);
    if (known != null) {
      return known;
    }
    if (type.getTypeParameters().length > 0) {
      throw refused(use, "it has type parameters: declare a record without them");
    }
    RecordShape shape = RecordShape.of(type);
    var made = new JsonRecord(shape);
    records.put(type, made);
    made.complete(shape.fields().stream().map(this::component).toList());
    return made;
  }

  private JsonForm.Present component(RecordField field) {
    path.addLast(field.name());
    JsonForm.Present form = present(field.use());
    path.removeLast();
    return form;
  }

  private void addBranches(TypeUse use, Class<?> type, Map<Class<?>, JsonForm> branches) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isRecord() || permitted.isEnum()) {
        branches.put(permitted, form(TypeUse.of(permitted)));
      } else if (permitted.isSealed()) {
        addBranches(use, permitted, branches);
      } else {
        throw refused(
            use,
            "it permits '" + permitted.getTypeName() + "', which is neither a record nor an enum");
      }
    }
  }

  private IllegalArgumentException refused(TypeUse use, String reason) {
    String where = path.isEmpty() ? "" : " in '" + String.join(".", path) + "'";
    return new IllegalArgumentException("a " + use + where + " has no form as JSON: " + reason);
  }
}
