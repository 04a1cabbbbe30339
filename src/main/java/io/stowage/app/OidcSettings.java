package io.stowage.app;

import io.stowage.control.access.Principal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * Whether tokens of an OpenID Connect provider are let in. What concerns the provider are settings
 * of Quarkus, and what concerns us is one of ours.
 */
@Singleton
final class OidcSettings {
  private static final String ON = "quarkus.oidc.tenant-enabled";
  private static final String PROVIDER = "quarkus.oidc.auth-server-url";
  private static final String AUDIENCE = "quarkus.oidc.token.audience";
  private static final String ROLES = "stowage.control.oidc.roles";

  private final Config all;
  private final Map<String, List<String>> roles;

  @Inject
  OidcSettings(Config all, StowageConfig config) {
    this.all = all;
    this.roles = config.control().oidc().roles();
  }

  boolean on() {
    return all.getOptionalValue(ON, Boolean.class).orElse(false);
  }

  /** As it is told to operators. */
  String provider() {
    return given(PROVIDER).orElse("whose key is configured");
  }

  private Optional<String> given(String property) {
    return all.getOptionalValue(property, String.class);
  }

  /** What would let in nobody, or more than are meant. */
  Optional<String> fault() {
    var unknown = new TreeSet<>(roles.keySet());
    Principal.ROLES.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      return Optional.of(
          "%s.%s is for a role that there is not: there are %s"
              .formatted(ROLES, unknown.first(), String.join(", ", Principal.ROLES)));
    }
    if (!on()) {
      return (roles.isEmpty() ? given(PROVIDER).map(_ -> PROVIDER) : Optional.of(ROLES))
          .map(
              set ->
                  "%s is set, but %s is not true: set it too, with %s, %s and %s"
                      .formatted(set, ON, PROVIDER, AUDIENCE, ROLES));
    }
    if (roles.isEmpty()) {
      return Optional.of(
          "with OpenID Connect on, %s.<%s> says which of the provider's roles have one here"
              .formatted(ROLES, String.join("|", Principal.ROLES)));
    }
    return given(AUDIENCE).isPresent()
        ? Optional.empty()
        : Optional.of(
            "with OpenID Connect on, %s says whom tokens are for: without it each token of the provider is let in, one for another service too (if that is meant, set it to any)"
                .formatted(AUDIENCE));
  }
}
