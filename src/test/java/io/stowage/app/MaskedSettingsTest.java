package io.stowage.app;

import static io.stowage.app.MaskedSettings.MASK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a worker tells of its settings has no secret in it. */
class MaskedSettingsTest {
  private static String shown(String name, String value) {
    return MaskedSettings.of(Map.of(name, value)).get(name);
  }

  @Test
  void whatSoundsSecretIsMasked() {
    for (String name :
        new String[] {
          "secret-key",
          "access-key",
          "password",
          "api-token",
          "headers.Authorization",
          "credentials",
          "passphrase",
          "headers.X-Api-Key",
          "username"
        }) {
      assertThat(shown(name, "abc")).as(name).isEqualTo(MASK);
    }
  }

  @Test
  void credentialsInAddressesAreMasked() {
    assertThat(shown("url", "postgresql://ann:pw@db:5432/x?password=pw&sslmode=require"))
        .isEqualTo("postgresql://" + MASK + "@db:5432/x?password=" + MASK + "&sslmode=require");
    assertThat(shown("endpoint", "http://localhost:9000")).isEqualTo("http://localhost:9000");
  }

  @Test
  void theRestIsShownByItsName() {
    assertThat(MaskedSettings.of(Map.of("type", "s3", "bucket", "lake", "codec", "zstandard")))
        .isEqualTo(Map.of("bucket", "lake", "codec", "zstandard"));
    assertThat(shown("title", "x".repeat(1000))).hasSize(301);
  }
}
