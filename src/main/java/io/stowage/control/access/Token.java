package io.stowage.control.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A token that is let in. Only its hash is kept, so that no dump of the memory shows it. */
public final class Token {
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
    Principal found = null;
    for (Token each : valid) {
      boolean same = MessageDigest.isEqual(each.hash, shown);
      found = same && (found == null || each.principal.may(wanted)) ? each.principal : found;
    }
    return Optional.ofNullable(found);
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
