package io.stowage.catalog;

import java.util.Optional;
import java.util.Set;

/**
 * Whether what one method returns can be what another takes. Two record types may differ, since a
 * schema is resolved on load; what must agree is the shape: rows, one datum, or bytes.
 */
final class TypeRules {
  private static final Set<String> ROWS =
      Set.of(
          "java.util.List",
          "java.util.stream.Stream",
          "java.lang.Iterable",
          "java.util.Collection");
  private static final Set<String> SCALARS =
      Set.of(
          "java.lang.String",
          "long",
          "java.lang.Long",
          "int",
          "java.lang.Integer",
          "short",
          "java.lang.Short",
          "byte",
          "java.lang.Byte",
          "double",
          "java.lang.Double",
          "float",
          "java.lang.Float",
          "boolean",
          "java.lang.Boolean");
  private static final Set<String> FRACTIONS =
      Set.of("double", "java.lang.Double", "float", "java.lang.Float");

  /** What a text can be taken as. */
  private static final Set<String> TEXTS =
      Set.of(
          "java.lang.String",
          "java.lang.CharSequence",
          "java.lang.Comparable",
          "java.lang.Object",
          "?");

  private static final Set<String> LATER =
      Set.of("java.util.Optional", "java.util.Iterator", "java.util.function.Supplier");

  private TypeRules() {}

  static Optional<String> fault(
      AssetSpec consumer, InputDeclaration input, AssetSpec producer, OutputDeclaration output) {
    String who = "parameter '" + input.name() + "' of " + consumer.declaration().method();
    if (!output.stored() && input.manager().isEmpty()) {
      return Optional.of(
          who
              + " cannot be loaded: "
              + producer.declaration().method()
              + " stores nothing for '"
              + output.asset()
              + "'; say @Input(orderOnly = true), or the manager that loads it");
    }
    if (input.manager().isEmpty() && byOtherThanText(output.storedType(), input.type())) {
      return Optional.of(
          "%s is %s, but the partitions of %s are a map by the text of their keys: take a Map<String, %s>"
              .formatted(
                  who,
                  article(input.type()),
                  article(output.storedType()),
                  input.type().arguments().getLast().simple()));
    }
    if (input.manager().isEmpty() && unloadable(output.storedType(), input.type())) {
      return Optional.of(
          who
              + " is "
              + article(input.type())
              + ", as which "
              + article(output.storedType())
              + " is not loaded: "
              + instead(output));
    }
    if (input.manager().isPresent() || agree(output.storedType(), input.type())) {
      return Optional.empty();
    }
    return Optional.of(
        who
            + " is a "
            + input.type().simple()
            + ", but "
            + producer.declaration().method()
            + " returns a "
            + output.storedType().simple());
  }

  /** A map of partitions whose keys would not be of the type that it says. */
  private static boolean byOtherThanText(DeclaredType stored, DeclaredType wanted) {
    return wanted.is("java.util.Map")
        && !stored.is("java.util.Map")
        && wanted.arguments().size() == 2
        && !TEXTS.contains(wanted.arguments().getFirst().name());
  }

  private static String article(DeclaredType type) {
    return ("AEIOaeio".indexOf(type.simple().charAt(0)) < 0 ? "a " : "an ") + type.simple();
  }

  /** Whether no manager of ours makes the one of the other: of partitions, of one of them. */
  private static boolean unloadable(DeclaredType stored, DeclaredType wanted) {
    if (wanted.is("java.util.Map") && !stored.is("java.util.Map")) {
      return !wanted.arguments().isEmpty() && unloadable(stored, wanted.element());
    }
    if (wanted.is(stored.name()) || ROWS.contains(wanted.name())) {
      return false;
    }
    boolean rowsOrScalar = ROWS.contains(stored.name()) || scalar(stored) != null;
    return LATER.contains(wanted.name())
        || (rowsOrScalar
            && (wanted.name().startsWith("java.util.")
                || (wanted.name().endsWith("[]") && !wanted.is("byte[]"))));
  }

  private static String instead(OutputDeclaration output) {
    DeclaredType type = output.storedType();
    if (ROWS.contains(type.name())) {
      return "take a List, a Collection, an Iterable or a Stream, or name the manager that can with"
          + " @Input(manager = \"…\")";
    }
    return "take "
        + article(type)
        + (output.optional()
            ? "; where it was not emitted, what needs it is skipped"
            : ", annotated @Nullable where it may be null");
  }

  private static boolean agree(DeclaredType stored, DeclaredType wanted) {
    if (wanted.is("java.util.Map") && !stored.is("java.util.Map")) {
      return isRaw(wanted) || agree(stored, wanted.element()); // by partition key
    }
    String first = scalar(stored);
    String second = scalar(wanted);
    if (first != null && second != null) {
      return sameScalar(first, second);
    }
    return !(first != null && ROWS.contains(wanted.name()) && !concatenates(stored, wanted))
        && !(second != null && ROWS.contains(stored.name()));
  }

  /** A scalar of each partition makes a list of them. */
  private static boolean concatenates(DeclaredType stored, DeclaredType wanted) {
    return isRaw(wanted) || agree(stored, wanted.element());
  }

  /** Says nothing about what is in it. */
  private static boolean isRaw(DeclaredType collection) {
    return collection.arguments().isEmpty();
  }

  private static @org.jspecify.annotations.Nullable String scalar(DeclaredType type) {
    return SCALARS.contains(type.name()) ? type.name() : null;
  }

  private static boolean sameScalar(String stored, String wanted) {
    if (text(stored) || text(wanted)) {
      return text(stored) && text(wanted);
    }
    if (bool(stored) || bool(wanted)) {
      return bool(stored) && bool(wanted);
    }
    return !FRACTIONS.contains(stored) || FRACTIONS.contains(wanted);
  }

  private static boolean text(String name) {
    return name.equals("java.lang.String");
  }

  private static boolean bool(String name) {
    return name.endsWith("oolean");
  }
}
