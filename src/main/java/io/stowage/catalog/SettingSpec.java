package io.stowage.catalog;

/**
 * One setting of an IO manager, as overrides are checked against it.
 *
 * @param name dotted, in kebab case; {@code headers.*} for the entries of a map
 * @param type the simple name of its type, {@code Duration}; of an enum with its constants, {@code
 *     Style(PLAIN|BOXED)}
 * @param required whether it has no default
 * @param locked whether a run request may not override it
 */
public record SettingSpec(String name, String type, boolean required, boolean locked) {
  /** Reads what {@link #toString} writes. */
  public static SettingSpec parse(String text) {
    String[] parts = text.split(" ", -1);
    return new SettingSpec(
        parts[0], parts[1], Boolean.parseBoolean(parts[2]), Boolean.parseBoolean(parts[3]));
  }

  @Override
  public String toString() {
    return name + " " + type + " " + required + " " + locked;
  }
}
