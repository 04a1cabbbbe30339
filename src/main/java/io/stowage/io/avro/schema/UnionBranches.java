package io.stowage.io.avro.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Which of a reader's types a written type is read as. */
final class UnionBranches {
  private static final Map<Schema.Type, Set<Schema.Type>> PROMOTIONS =
      Map.of(
          Schema.Type.INT, Set.of(Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE),
          Schema.Type.LONG, Set.of(Schema.Type.FLOAT, Schema.Type.DOUBLE),
          Schema.Type.FLOAT, Set.of(Schema.Type.DOUBLE),
          Schema.Type.STRING, Set.of(Schema.Type.BYTES),
          Schema.Type.BYTES, Set.of(Schema.Type.STRING));

  private UnionBranches() {}

  /**
   * The same type under its name or a former one; else the only one of its kind, unless the writer
   * has several of that kind; else one that it can become; null where there is none.
   *
   * @param siblings the writer's types, this one among them
   */
  static @Nullable Schema match(Schema writer, List<Schema> siblings, List<Schema> candidates) {
    List<Schema> sameKind = ofKind(writer, candidates);
    if (sameKind.isEmpty()) {
      return first(candidates, each -> promotes(writer, each));
    }
    if (sameKind.size() == 1 && ofKind(writer, siblings).size() == 1) {
      return sameKind.getFirst();
    }
    Schema named = first(sameKind, each -> isCalled(writer, each));
    return named == null ? first(sameKind, each -> each.getName().equals(writer.getName())) : named;
  }

  private static List<Schema> ofKind(Schema writer, List<Schema> schemas) {
    return schemas.stream().filter(each -> each.getType() == writer.getType()).toList();
  }

  private static boolean isCalled(Schema writer, Schema reader) {
    return reader.getFullName().equals(writer.getFullName())
        || reader.getAliases().contains(writer.getFullName());
  }

  private static @Nullable Schema first(List<Schema> schemas, Predicate<Schema> condition) {
    return schemas.stream().filter(condition).findFirst().orElse(null);
  }

  static boolean promotes(Schema writer, Schema reader) {
    return PROMOTIONS.getOrDefault(writer.getType(), Set.of()).contains(reader.getType());
  }
}
