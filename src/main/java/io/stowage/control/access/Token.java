package io.stowage.control.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token that is let in. Only its hash is kept, so that no dump of the memory shows it. */
public final class Token {
  private static final String SIGNATURE = "HmacSHA256";

  private final Principal principal;
  private final byte[] hash;

  private Token(Principal principal, byte[] hash) {
    this.principal = principal;
    this.hash = hash;
  }

  public static Token of(Principal principal, String token) {
    return new Token(principal, hash(token));
  }

  /** Tokens by role, as they stand in the configuration. */
  public static List<Token> ofRoles(Map<String, List<String>> tokens) {
    return tokens.entrySet().stream()
        .flatMap(
            role ->
                role.getValue().stream()
                    .map(token -> of(new Principal(role.getKey(), role.getKey()), token)))
        .toList();
  }

  public Principal principal() {
    return principal;
  }

  /**
   * Whose the token is; of several, one that may do what is wanted. All are compared, and by their
   * hashes, so that the time says nothing about which one is near.
   */
  public static Optional<Principal> find(List<Token> valid, String token, String wanted) {
    byte[] shown = hash(token);
    return find(valid, each -> MessageDigest.isEqual(each.hash, shown), wanted);
  }

  static Optional<Principal> find(List<Token> valid, Predicate<Token> shown, String wanted) {
    Principal found = null;
    for (Token each : valid) {
      boolean same = shown.test(each);
      found = same && (found == null || each.principal.may(wanted)) ? each.principal : found;
    }
    return Optional.ofNullable(found);
  }

  /** Signs a text with the token, as only who has the token or its hash can. */
  byte[] sign(String text) {
    try {
      var mac = Mac.getInstance(SIGNATURE);
      mac.init(new SecretKeySpec(hash, SIGNATURE));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "a token of " + principal.role() + " '" + principal.name() + "'";
  }
}
