package io.stowage.io.csv;

import io.stowage.api.SchemaDifference;
import io.stowage.api.SchemaDifference.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changed between the columns of a stored file and those of a record. A file says nothing of
 * types: they are known from the materialization, by their simple names, where of an {@code
 * Optional} and of two enums nothing is known.
 */
final class CsvSchema {
  private static final String TEXT = "String";
  private static final Map<String, String> PRIMITIVES =
      Map.of(
          "Byte",
          "byte",
          "Short",
          "short",
          "Integer",
          "int",
          "Long",
          "long",
          "Float",
          "float",
          "Double",
          "double",
          "Boolean",
          "boolean",
          "Character",
          "char");
  private static final Map<String, Set<String>> FITS_INTO =
      Map.of(
          "byte", Set.of("short", "int", "long", "BigInteger", "float", "double", "BigDecimal"),
          "short", Set.of("int", "long", "BigInteger", "float", "double", "BigDecimal"),
          "int", Set.of("long", "BigInteger", "float", "double", "BigDecimal"),
          "long", Set.of("BigInteger", "float", "double", "BigDecimal"),
          "BigInteger", Set.of("BigDecimal"),
          "float", Set.of("double", "BigDecimal"),
          "double", Set.of("BigDecimal"));
  private static final Set<String> OTHERS =
      Set.of(
          TEXT,
          "boolean",
          "BigDecimal",
          "Instant",
          "LocalDate",
          "LocalTime",
          "LocalDateTime",
          "Duration",
          "Period",
          "Year",
          "YearMonth",
          "MonthDay",
          "OffsetTime",
          "OffsetDateTime",
          "ZonedDateTime",
          "ZoneId",
          "ZoneOffset",
          "Currency",
          "UUID",
          "URI",
          "char");

  private final List<Change> changes = new ArrayList<>();
  private final List<String> backward = new ArrayList<>();
  private final List<String> forward = new ArrayList<>();

  private CsvSchema() {}

  /**
   * @param stored names and simple types of a file's columns
   * @param now those of the record
   */
  static SchemaDifference difference(Map<String, String> stored, CsvColumns now) {
    if (stored.isEmpty()) {
      return SchemaDifference.NONE;
    }
    var schema = new CsvSchema();
    var left = new LinkedHashMap<>(stored);
    Map<String, String> matches = now.matches(List.copyOf(stored.keySet()));
    Set<String> mayMiss = now.mayMiss();
    now.schema()
        .forEach(
            (name, type) -> {
              String from = matches.get(name);
              String former = from == null ? null : stored.get(from);
              if (from == null || former == null) {
                schema.added(name, type, mayMiss.contains(name));
              } else {
                left.remove(from);
                schema.compare(name, plain(former), plain(type));
              }
            });
    left.forEach(schema::removed);
    return new SchemaDifference(
        schema.changes, String.join("; ", schema.backward), String.join("; ", schema.forward));
  }

  private static String plain(String type) {
    return PRIMITIVES.getOrDefault(type, type);
  }

  private void added(String name, String type, boolean mayMiss) {
    String sentence =
        "column '%s' (%s) was added".formatted(name, type)
            + (mayMiss ? ", which may be absent" : ": make it Optional or @Nullable");
    changes.add(new Change(name, "added", sentence, !mayMiss));
    if (!mayMiss) {
      backward.add(sentence);
    }
  }

  private void removed(String name, String type) {
    String sentence = "column '%s' (%s) was removed".formatted(name, type);
    changes.add(new Change(name, "removed", sentence, false));
    forward.add(sentence + ", which former readers need");
  }

  private void compare(String name, String former, String type) {
    if (former.equals(type) || (isEnum(former) && isEnum(type))) {
      return;
    }
    boolean readable = fits(former, type);
    String sentence =
        readable
            ? "column '%s' was %s and is %s".formatted(name, former, type)
            : "column '%s' was stored as %s, which cannot be read as %s"
                .formatted(name, former, type);
    changes.add(new Change(name, readable ? "promoted" : "incompatible", sentence, !readable));
    if (!readable) {
      backward.add(sentence);
    }
    if (!fits(type, former)) {
      forward.add(
          "column '%s' is stored as %s, which former readers cannot read as %s"
              .formatted(name, type, former));
    }
  }

  private static boolean fits(String former, String type) {
    return type.equals(TEXT)
        || former.equals("Optional")
        || type.equals("Optional")
        || FITS_INTO.getOrDefault(former, Set.of()).contains(type);
  }

  private static boolean isEnum(String type) {
    return !FITS_INTO.containsKey(type) && !OTHERS.contains(type) && !type.equals("Optional");
  }
}
