package io.stowage.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The name of an asset: a path of components, {@code weather/monthly}.
 *
 * <p>A component is any text of 1 to 255 characters without {@code /}, without control characters,
 * and other than {@code .} and {@code ..}; stores encode it so that no two keys share an object. A
 * key has 1 to 16 components.
 *
 * <p>A key that begins with {@code @runs} is no asset's: an op's output has it, {@code @runs/<run
 * id>/<step>/<output>[/<mapping key>]}, so that each run has its own.
 */
public record AssetKey(List<String> components) implements Comparable<AssetKey> {
  private static final int MOST_COMPONENTS = 16;
  private static final int LONGEST_COMPONENT = 255;
  private static final String RUNS = "@runs";

  public AssetKey {
    components = List.copyOf(components);
    if (components.isEmpty() || components.size() > MOST_COMPONENTS) {
      throw invalid(
          String.join("/", components),
          "it has " + components.size() + " components, not 1 to " + MOST_COMPONENTS);
    }
    for (String component : components) {
      check(component, components);
    }
  }

  /**
   * The key that the text names.
   *
   * @param text components separated by {@code /}
   * @throws StowageException {@code INVALID_KEY} where a component is empty, too long or forbidden
   */
  public static AssetKey of(String text) {
    return new AssetKey(Arrays.asList(text.split("/", -1)));
  }

  /**
   * The key of an op's output.
   *
   * @param step the job's name, a slash and the op's name
   */
  public static AssetKey ofRun(String runId, String step, String output) {
    var components = new ArrayList<>(List.of(RUNS, runId));
    components.addAll(Arrays.asList(step.split("/", -1)));
    components.add(output);
    return new AssetKey(components);
  }

  /** What stands for an op's output in whatever run: {@code @runs/*}{@code /<step>/<output>}. */
  public static AssetKey ofAnyRun(String step, String output) {
    return ofRun("*", step, output);
  }

  /** Whether this is the key of an op's output, which belongs to its run. */
  public boolean isOfRun() {
    return components.getFirst().equals(RUNS);
  }

  /** This key with one more component. */
  public AssetKey with(String component) {
    var more = new ArrayList<>(components);
    more.add(component);
    return new AssetKey(more);
  }

  private static void check(String component, List<String> all) {
    String text = String.join("/", all);
    if (component.isEmpty()) {
      throw invalid(text, "a component of it is empty");
    }
    if (component.length() > LONGEST_COMPONENT) {
      throw invalid(
          text.substring(0, 40) + "…",
          "a component of it is longer than " + LONGEST_COMPONENT + " characters");
    }
    if (component.equals(".") || component.equals("..")) {
      throw invalid(text, "a component of it is '" + component + "'");
    }
    if (component.contains("/") || component.chars().anyMatch(Character::isISOControl)) {
      throw invalid(
          text.replaceAll("\\p{Cntrl}", "?"), "a component of it has a control character or a '/'");
    }
  }

  private static StowageException invalid(String text, String reason) {
    return new StowageException(
        ErrorCode.INVALID_KEY, "asset key '" + text + "' cannot be: " + reason);
  }

  /** The last component. */
  public String name() {
    return components.getLast();
  }

  /** Whether this key is {@code group} or lies below it. */
  public boolean isIn(AssetKey group) {
    return components.size() >= group.components.size()
        && components.subList(0, group.components.size()).equals(group.components);
  }

  @Override
  public int compareTo(AssetKey other) {
    return toString().compareTo(other.toString());
  }

  /** The components joined by {@code /}: what {@link #of} reads. */
  @Override
  public String toString() {
    return String.join("/", components);
  }
}
