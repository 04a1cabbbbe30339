package io.stowage.control.oidc;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.access.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which roles or groups of the provider have a role here.
 *
 * @param byRole names of the provider's by {@code read}, {@code submit}, {@code operate}, {@code
 *     work}
 */
public record ProviderRoles(Map<String, List<String>> byRole) {
  public ProviderRoles {
    byRole = Map.copyOf(byRole);
  }

  /**
   * One principal for each role that the bearer has.
   *
   * @param held as the provider calls them
   * @throws StowageException {@code FORBIDDEN} where none of them has a role here
   */
  List<Principal> bearer(String name, Collection<String> held) {
    List<Principal> found =
        Principal.ROLES.stream()
            .filter(role -> byRole.getOrDefault(role, List.of()).stream().anyMatch(held::contains))
            .map(role -> new Principal(name, role))
            .toList();
    if (found.isEmpty()) {
      throw new StowageException(
          ErrorCode.FORBIDDEN,
          "the provider gives '%s' none of the roles that are known here: %s"
              .formatted(name, told()));
    }
    return found;
  }

  private String told() {
    return Principal.ROLES.stream()
        .filter(byRole::containsKey)
        .map(role -> role + " is for '" + String.join("', '", byRole.get(role)) + "'")
        .collect(Collectors.joining(", "));
  }
}
