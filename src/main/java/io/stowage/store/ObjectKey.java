package io.stowage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Arrays;
import java.util.List;

/**
 * The name of an object in a store: components separated by slashes. The rules are the same for
 * every store, so that data can move between them: at most {@value #MAX_BYTES} bytes of UTF-8, at
 * most {@value #MAX_COMPONENT_BYTES} a component; no component is empty, {@code .} or {@code ..};
 * no control characters, no backslash, no lone surrogate.
 *
 * <p>A key does not encode anything: text that users choose goes through {@link KeyEncoding} first.
 * Keys are ordered by the bytes of their UTF-8, as S3 lists them.
 */
public record ObjectKey(String path) implements Comparable<ObjectKey> {
  public static final int MAX_BYTES = 1024;
  public static final int MAX_COMPONENT_BYTES = 255;

  public ObjectKey {
    checkText(path);
    for (String component : path.split("/", -1)) {
      checkComponent(path, component);
    }
  }

  /**
   * @throws StowageException {@code INVALID_KEY} where the path breaks a rule, saying which
   */
  public static ObjectKey of(String path) {
    return new ObjectKey(path);
  }

  /** This key with further components below it. */
  public ObjectKey resolve(String further) {
    return new ObjectKey(path + "/" + further);
  }

  public List<String> components() {
    return List.of(path.split("/"));
  }

  /** The last component. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Returns a prefix of keys as it is, if it can be one: nothing at all, or the beginning of a
   * valid key, which may end in the middle of a component or in a slash.
   *
   * @throws StowageException {@code INVALID_KEY} where no key can begin like this
   */
  public static String prefix(String prefix) {
    if (!prefix.isEmpty()) {
      String folder =
          prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix + "x";
      new ObjectKey(folder);
    }
    return prefix;
  }

  @Override
  public int compareTo(ObjectKey other) {
    return Arrays.compareUnsigned(path.getBytes(UTF_8), other.path.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return path;
  }

  private static void checkText(String path) {
    if (path.isEmpty()) {
      throw invalid(path, "is empty");
    }
    if (path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
      throw invalid(path, "has a control character or a backslash in it; encode its components");
    }
    if (!UTF_8.newEncoder().canEncode(path)) {
      throw invalid(path, "has half of a surrogate pair in it");
    }
    if (path.getBytes(UTF_8).length > MAX_BYTES) {
      throw invalid(path, "is longer than %d bytes".formatted(MAX_BYTES));
    }
  }

  private static void checkComponent(String path, String component) {
    if (component.isEmpty() || component.equals(".") || component.equals("..")) {
      throw invalid(
          path,
          "has the component '%s'; an empty one, '.' and '..' are refused".formatted(component));
    }
    if (component.getBytes(UTF_8).length > MAX_COMPONENT_BYTES) {
      throw invalid(path, "has a component longer than %d bytes".formatted(MAX_COMPONENT_BYTES));
    }
  }

  private static StowageException invalid(String path, String why) {
    String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
    String printable = PercentEncoding.encode(shown, c -> c >= ' ' && c != 0x7f);
    return new StowageException(
        ErrorCode.INVALID_KEY, "object key '%s' %s".formatted(printable, why));
  }
}
