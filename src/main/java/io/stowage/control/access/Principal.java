package io.stowage.control.access;

import java.util.List;
import java.util.Map;

/**
 * Whom a token stands for.
 *
 * @param name as it is told in events; the role's where the token has no name of its own
 * @param role {@code read}, {@code submit}, {@code operate} or {@code work}
 */
public record Principal(String name, String role) {
  /** Whoever comes where there are no tokens at all. */
  public static final Principal ANYBODY = new Principal("anonymous", "anybody");

  /** Roles that may do what a role may; an operator may do all that submitters and readers may. */
  private static final Map<String, List<String>> HELD_BY =
      Map.of(
          "read", List.of("read", "submit", "operate"),
          "submit", List.of("submit", "operate"),
          "operate", List.of("operate"),
          "work", List.of("work"));

  public static final List<String> ROLES = List.of("read", "submit", "operate", "work");

  public boolean may(String wanted) {
    return equals(ANYBODY) || HELD_BY.getOrDefault(wanted, List.of()).contains(role);
  }
}
