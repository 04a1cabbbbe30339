package io.stowage.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A type as it stands in an author's code, known by name: at build time there is no class to ask.
 *
 * @param name binary name of the class, {@code long}, or {@code byte[]}; {@code void} for a method
 *     without a value
 * @param arguments of a parameterized type; a wildcard is its upper bound
 */
public record DeclaredType(String name, List<DeclaredType> arguments) {
  private static final Set<String> PRIMITIVES =
      Set.of("long", "int", "short", "byte", "double", "float", "boolean", "char");

  public DeclaredType {
    arguments = List.copyOf(arguments);
  }

  public static DeclaredType of(String name, DeclaredType... arguments) {
    return new DeclaredType(name, List.of(arguments));
  }

  /** Reads what {@link #toString} writes. */
  public static DeclaredType parse(String text) {
    int[] at = {0};
    DeclaredType type = parse(text, at);
    if (at[0] != text.length()) {
      throw new IllegalArgumentException("not a type: " + text);
    }
    return type;
  }

  private static DeclaredType parse(String text, int[] at) {
    int start = at[0];
    while (at[0] < text.length() && "<>,".indexOf(text.charAt(at[0])) < 0) {
      at[0]++;
    }
    String name = text.substring(start, at[0]);
    var arguments = new ArrayList<DeclaredType>();
    if (at[0] < text.length() && text.charAt(at[0]) == '<') {
      do {
        at[0]++;
        arguments.add(parse(text, at));
      } while (text.charAt(at[0]) == ',');
      at[0]++;
    }
    return new DeclaredType(name, arguments);
  }

  public boolean is(String className) {
    return name.equals(className);
  }

  /** Whether null can be no value of the type. */
  public boolean isPrimitive() {
    return PRIMITIVES.contains(name);
  }

  public boolean isVoid() {
    return name.equals("void") || name.equals("java.lang.Void");
  }

  /**
   * The last argument, or the type itself where there is none: of a list, a stream or a map by
   * partition its element.
   */
  public DeclaredType element() {
    return arguments.isEmpty() ? this : arguments.getLast();
  }

  /** Calls back for the name of each class in the type, arrays by their element. */
  public void names(Consumer<String> each) {
    each.accept(name);
    arguments.forEach(argument -> argument.names(each));
  }

  /** The type as an author reads it, without packages. */
  public String simple() {
    String last = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    return arguments.isEmpty()
        ? last
        : last
            + arguments.stream()
                .map(DeclaredType::simple)
                .collect(Collectors.joining(", ", "<", ">"));
  }

  @Override
  public String toString() {
    return arguments.isEmpty()
        ? name
        : name
            + arguments.stream()
                .map(DeclaredType::toString)
                .collect(Collectors.joining(",", "<", ">"));
  }
}
