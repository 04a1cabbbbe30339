package io.stowage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;

/**
 * Makes any text into one component of an {@link ObjectKey}, so that different texts never share a
 * component, and none escapes from its folder. {@code A-Z a-z 0-9 . _ = -} stay as they are, every
 * other byte of the UTF-8 becomes {@code %XX}: also {@code /}, and {@code @}, which marks
 * partitions and reserved folders. The texts {@code .} and {@code ..} become {@code %2E} and {@code
 * %2E%2E}.
 *
 * <p>File names end at 255 bytes. An encoding longer than {@value #MAX_LENGTH} is therefore
 * shortened to its beginning, {@code ~}, and the SHA-256 of the text in hex. {@code ~} comes from
 * nothing else, so a shortened component is never a whole one, and two of them are the same only if
 * SHA-256 collides. What was shortened cannot be decoded.
 */
public final class KeyEncoding {
  /**
   * The longest component that {@link #encode} returns: leaves room for a mark before it and an
   * extension behind it.
   */
  public static final int MAX_LENGTH = 200;

  private static final int SHORTENED_BEGINNING = 120;

  private KeyEncoding() {}

  /**
   * @throws StowageException {@code INVALID_KEY} where the text is empty, or has half of a
   *     surrogate pair in it
   */
  public static String encode(String component) {
    if (component.isEmpty()) {
      throw new StowageException(ErrorCode.INVALID_KEY, "a component of a key is empty");
    }
    if (!UTF_8.newEncoder().canEncode(component)) {
      throw new StowageException(
          ErrorCode.INVALID_KEY, "a component of a key has half of a surrogate pair in it");
    }
    if (component.equals(".") || component.equals("..")) {
      return component.replace(".", "%2E");
    }
    String encoded = PercentEncoding.encode(component, KeyEncoding::kept);
    return encoded.length() <= MAX_LENGTH ? encoded : shortened(component, encoded);
  }

  /**
   * The text that {@link #encode} was given.
   *
   * @throws StowageException {@code INVALID_KEY} where it was shortened, or {@link #encode} never
   *     returns this
   */
  public static String decode(String encoded) {
    String component = PercentEncoding.decode(encoded);
    if (encoded.indexOf('~') >= 0 || component.isEmpty() || !encode(component).equals(encoded)) {
      throw new StowageException(
          ErrorCode.INVALID_KEY,
          "'%s' is not an encoded component of a key, or was shortened".formatted(encoded));
    }
    return component;
  }

  private static boolean kept(int b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '.'
        || b == '_'
        || b == '='
        || b == '-';
  }

  private static String shortened(String component, String encoded) {
    String beginning = encoded.substring(0, SHORTENED_BEGINNING);
    int percent = beginning.lastIndexOf('%');
    if (percent > SHORTENED_BEGINNING - 3) {
      beginning = beginning.substring(0, percent);
    }
    return beginning + "~" + Checksums.sha256(component.getBytes(UTF_8));
  }
}
