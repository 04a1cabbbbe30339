package io.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OidcSettingsTest {
  private static final Map<String, String> WHOLE =
      Map.of(
          "quarkus.oidc.tenant-enabled", "true",
          "quarkus.oidc.auth-server-url", "https://login.example",
          "quarkus.oidc.token.audience", "stowage",
          "stowage.control.oidc.roles.read", "auditors");

  private static OidcSettings settings(Map<String, String> given) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withSources(new PropertiesConfigSource(given, "test", 100))
            .withMapping(StowageConfig.class)
            .build();
    return new OidcSettings(config, config.getConfigMapping(StowageConfig.class));
  }

  private static Map<String, String> wholeWith(String name, String value) {
    var changed = new HashMap<>(WHOLE);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, String> wholeWithout(String name) {
    var changed = new HashMap<>(WHOLE);
    changed.remove(name);
    return changed;
  }

  private static void isRefused(Map<String, String> given, String because) {
    assertThat(settings(given).fault())
        .hasValueSatisfying(told -> assertThat(told).contains(because));
  }

  @Test
  void isOffWhereNothingIsSet() {
    assertThat(settings(Map.of()).on()).isFalse();
    assertThat(settings(Map.of()).fault()).isEmpty();
  }

  @Test
  void isOnWithAProviderAnAudienceAndRoles() {
    assertThat(settings(WHOLE).on()).isTrue();
    assertThat(settings(WHOLE).fault()).isEmpty();
  }

  @Test
  void whatWouldLetInTooManyIsRefused() {
    isRefused(wholeWithout("quarkus.oidc.token.audience"), "quarkus.oidc.token.audience");
    isRefused(wholeWith("quarkus.oidc.token.audience", ""), "quarkus.oidc.token.audience");
  }

  @Test
  void whatWouldLetInNobodyIsRefused() {
    isRefused(wholeWithout("stowage.control.oidc.roles.read"), "stowage.control.oidc.roles.<read|");
    isRefused(wholeWithout("quarkus.oidc.tenant-enabled"), "quarkus.oidc.tenant-enabled");
    isRefused(
        Map.of("quarkus.oidc.auth-server-url", "https://login.example.com"),
        "quarkus.oidc.auth-server-url is set, but quarkus.oidc.tenant-enabled is not");
    isRefused(
        wholeWith("stowage.control.oidc.roles.admin", "bosses"),
        "stowage.control.oidc.roles.admin");
  }
}
