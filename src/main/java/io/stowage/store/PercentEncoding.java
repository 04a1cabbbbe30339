package io.stowage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.function.IntPredicate;

/** The percent-encoding of the bytes of a text's UTF-8, with upper-case digits. */
public final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /**
   * Encodes every byte that is not kept; injective where {@code %} is not kept.
   *
   * @param kept decides on a byte of the UTF-8, 0 to 255
   */
  public static String encode(String text, IntPredicate kept) {
    byte[] bytes = text.getBytes(UTF_8);
    var encoded = new ByteArrayOutputStream(bytes.length + 16);
    for (byte b : bytes) {
      if (kept.test(b & 0xff)) {
        encoded.write(b);
      } else {
        encoded.write('%');
        encoded.write(HEX.toHighHexDigit(b));
        encoded.write(HEX.toLowHexDigit(b));
      }
    }
    return encoded.toString(UTF_8);
  }

  /** Encodes what cannot stand in an HTTP header as it is: blanks, and all that is not ASCII. */
  public static String header(String text) {
    return encode(text, b -> b > ' ' && b < 0x7f && b != '%');
  }

  /**
   * Decodes what {@link #encode} made; a {@code %} without two digits behind it stands for itself.
   */
  public static String decode(String encoded) {
    byte[] bytes = encoded.getBytes(UTF_8);
    var text = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%'
          && i + 2 < bytes.length
          && isDigit(bytes[i + 1])
          && isDigit(bytes[i + 2])) {
        text.write(
            HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
        i += 2;
      } else {
        text.write(bytes[i]);
      }
    }
    return text.toString(UTF_8);
  }

  private static boolean isDigit(byte b) {
    return b > 0 && HexFormat.isHexDigit(b);
  }
}
