package io.stowage.control.rest;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.ControlRole;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: a bearer token stands for a role. Without any tokens everybody may do all, which
 * only loopback hears.
 */
@Singleton
public class Access {
  /** Roles that may do what a role may; an operator may do all that submitters and readers may. */
  private static final Map<String, List<String>> HELD_BY =
      Map.of(
          "read", List.of("read", "submit", "operate"),
          "submit", List.of("submit", "operate"),
          "operate", List.of("operate"),
          "work", List.of("work"));

  private static final String BEARER = "Bearer ";

  private final ControlRole role;

  @Inject
  Access(ControlRole role) {
    this.role = role;
  }

  /**
   * Lets in who has the role.
   *
   * @return the name of whoever it is
   * @throws StowageException {@code UNAUTHENTICATED} without a token, {@code FORBIDDEN} with one of
   *     another role
   */
  String check(String wanted, HttpHeaders headers) {
    if (role.tokens().isEmpty()) {
      return "anonymous";
    }
    String token = token(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
    boolean known = false;
    String held = "";
    for (var each : role.tokens().entrySet()) {
      for (String candidate : each.getValue()) {
        // All are compared, so that the time says nothing about which one is near.
        boolean same = MessageDigest.isEqual(bytes(candidate), bytes(token));
        known |= same;
        held = same && (held.isEmpty() || allows(each.getKey(), wanted)) ? each.getKey() : held;
      }
    }
    if (!known) {
      throw new StowageException(
          ErrorCode.UNAUTHENTICATED,
          "the token is not known: send 'Authorization: Bearer …' with one of role " + wanted);
    }
    if (!allows(held, wanted)) {
      throw new StowageException(
          ErrorCode.FORBIDDEN, "this needs a token of role " + wanted + ", not " + held);
    }
    return held;
  }

  private static boolean allows(String held, String wanted) {
    return HELD_BY.getOrDefault(wanted, List.of()).contains(held);
  }

  private static String token(@Nullable String header) {
    return header != null && header.startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : "";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
