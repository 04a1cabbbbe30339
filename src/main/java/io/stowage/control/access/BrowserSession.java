package io.stowage.control.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a browser keeps in place of a token: a time, signed with the token. It ends then, or with
 * the token; any control plane that knows the token knows it, and nobody can read the token from
 * it.
 */
public final class BrowserSession {
  public static final String COOKIE = "stowage-session";
  public static final Duration LASTS = Duration.ofHours(12);

  private BrowserSession() {}

  /** The cookie's value for a token that is let in. */
  public static String of(String token, Instant now) {
    String until = String.valueOf(now.plus(LASTS).getEpochSecond());
    return until + "." + encoded(Token.of(Principal.ANYBODY, token).sign(text(until)));
  }

  /** Whose it is; of several, one that may do what is wanted. */
  public static Optional<Principal> find(
      List<Token> valid, String cookie, String wanted, Instant now) {
    int dot = cookie.indexOf('.');
    String until = dot < 0 ? "" : cookie.substring(0, dot);
    if (!until.matches("\\d{1,12}") || now.getEpochSecond() >= Long.parseLong(until)) {
      return Optional.empty();
    }
    byte[] shown = cookie.substring(dot + 1).getBytes(StandardCharsets.US_ASCII);
    return Token.find(
        valid,
        each ->
            MessageDigest.isEqual(
                encoded(each.sign(text(until))).getBytes(StandardCharsets.US_ASCII), shown),
        wanted);
  }

  private static String text(String until) {
    return "a page's session until " + until;
  }

  private static String encoded(byte[] signature) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }
}
