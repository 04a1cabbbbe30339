package io.stowage.api.partition;

import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The name of one partition of an asset: one component for each dimension of its definition,
 * ordered by the dimension's name.
 *
 * <p>A component is any text, {@code /} and {@code |} included, that is not empty, not {@code .} or
 * {@code ..}, has no control character and no half of a surrogate pair; stores encode it. The whole
 * {@linkplain #text text} has at most 512 characters.
 *
 * <p>A key of one dimension does not know the dimension's name, so that {@code of("2012-03")}
 * equals {@code of(Map.of("date", "2012-03"))}: its map has one entry with an empty name.
 *
 * @param dimensions components by the name of their dimension
 */
public record PartitionKey(SortedMap<String, String> dimensions)
    implements Comparable<PartitionKey> {
  private static final String ONLY = "";
  private static final int LONGEST = 512;
  private static final Pattern DIMENSION = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

  public PartitionKey {
    var sorted = new TreeMap<String, String>();
    if (dimensions.size() == 1) {
      sorted.put(ONLY, dimensions.firstEntry().getValue());
    } else {
      dimensions.keySet().forEach(PartitionKey::checkDimension);
      sorted.putAll(dimensions);
    }
    dimensions = Collections.unmodifiableSortedMap(sorted);
    if (dimensions.isEmpty()) {
      throw Faults.key("", "it has no components");
    }
    dimensions.values().forEach(PartitionKey::checkComponent);
    if (join(dimensions).length() > LONGEST) {
      throw Faults.key(join(dimensions), "it is longer than " + LONGEST + " characters");
    }
  }

  /**
   * The key of one dimension; nothing in the text is special.
   *
   * @throws StowageException {@code INVALID_KEY}
   */
  public static PartitionKey of(String component) {
    return new PartitionKey(new TreeMap<>(Map.of(ONLY, component)));
  }

  /**
   * The key with these components, by the name of their dimension.
   *
   * @throws StowageException {@code INVALID_KEY}; {@code INVALID_CONFIGURATION} where a dimension's
   *     name cannot be
   */
  public static PartitionKey of(Map<String, String> components) {
    return new PartitionKey(new TreeMap<>(components));
  }

  /**
   * Refuses a name that no dimension can have: letters, digits, {@code _} and {@code -}, a letter
   * first, at most 63.
   */
  static void checkDimension(String name) {
    if (!DIMENSION.matcher(name).matches()) {
      throw Faults.configuration(
          "a dimension cannot be named "
              + Faults.quoted(name)
              + ": use letters, digits, '_' and '-', beginning with a letter");
    }
  }

  private static void checkComponent(String component) {
    if (component.isEmpty()) {
      throw Faults.key(component, "it is empty");
    }
    if (component.length() > LONGEST) {
      throw Faults.key(component, "it is longer than " + LONGEST + " characters");
    }
    if (component.equals(".") || component.equals("..")) {
      throw Faults.key(component, "to a file system it is a folder");
    }
    if (component.chars().anyMatch(Character::isISOControl)) {
      throw Faults.key(component, "it has a control character");
    }
    if (component.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw Faults.key(component.replaceAll("\\p{Cs}", "?"), "it has half of a surrogate pair");
    }
  }

  /**
   * The key as one text, from which its definition reads it again: the component itself where there
   * is one dimension, else the components joined by {@code |}, in which {@code \} and {@code |} are
   * preceded by {@code \}.
   */
  public String text() {
    return join(dimensions);
  }

  private static String join(SortedMap<String, String> dimensions) {
    if (dimensions.size() == 1) {
      return dimensions.firstEntry().getValue();
    }
    var escaped =
        dimensions.values().stream().map(c -> c.replace("\\", "\\\\").replace("|", "\\|")).toList();
    return String.join("|", escaped);
  }

  /** The components of a text that {@link #text} made of several dimensions. */
  static List<String> split(String text) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '|') {
        parts.add(part.toString());
        part.setLength(0);
      } else if (c != '\\') {
        part.append(c);
      } else if (++i < text.length() && (text.charAt(i) == '|' || text.charAt(i) == '\\')) {
        part.append(text.charAt(i));
      } else {
        throw Faults.key(text, "'\\' is written as '\\\\' where there are several dimensions");
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** The components, ordered by the name of their dimension. */
  public List<String> components() {
    return List.copyOf(dimensions.values());
  }

  /**
   * The component of a dimension. Where there is only one, any name is the right one.
   *
   * @throws StowageException {@code UNKNOWN_PARTITION} where the key has several dimensions, and
   *     none of this name
   */
  public String dimension(String name) {
    String component =
        dimensions.size() == 1 ? dimensions.firstEntry().getValue() : dimensions.get(name);
    if (component == null) {
      throw Faults.unknown(
          "partition "
              + Faults.quoted(text())
              + " has no dimension "
              + Faults.quoted(name)
              + ", but "
              + Faults.quoted(dimensions.keySet()));
    }
    return component;
  }

  /**
   * By components, one after the other, as texts: an order for display; a definition's own may
   * differ.
   */
  @Override
  public int compareTo(PartitionKey other) {
    Iterator<String> theirs = other.components().iterator();
    for (String component : components()) {
      if (!theirs.hasNext()) {
        return 1;
      }
      int order = component.compareTo(theirs.next());
      if (order != 0) {
        return order;
      }
    }
    return theirs.hasNext()
        ? -1
        : dimensions.keySet().toString().compareTo(other.dimensions.keySet().toString());
  }

  @Override
  public String toString() {
    return text();
  }
}
