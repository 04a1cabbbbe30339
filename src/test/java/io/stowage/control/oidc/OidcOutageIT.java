package io.stowage.control.oidc;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.stowage.fixture.OidcProvider;
import io.stowage.fixture.OidcSigner;
import io.stowage.fixture.OidcSigner.Claims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A provider that is out of reach when the control plane starts, and comes back. */
@QuarkusTest
@TestProfile(OidcOutageIT.WithoutProvider.class)
class OidcOutageIT {
  public static class WithoutProvider implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.oidc.tenant-enabled", "true",
          "quarkus.oidc.auth-server-url", "http://127.0.0.1:" + freePort(),
          "quarkus.oidc.token.audience", "stowage",
          "quarkus.oidc.token.principal-claim", "sub",
          "stowage.control.oidc.roles.read", "data-readers",
          "stowage.control.tokens.read", "a-readers-token",
          "stowage.dev.sample", "false");
    }

    private static int freePort() {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static ValidatableResponse asked(String token) {
    return given().header("Authorization", "Bearer " + token).get("/v1/runs").then();
  }

  @Test
  void isAskedAgainWhenItIsBackAndNeededByItsOwnTokensAlone() throws IOException {
    String issuer =
        ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class);
    var signer = OidcSigner.create("first");
    String token = signer.sign(new Claims(issuer, "ann", List.of("data-readers")));
    String nobodys = signer.sign(new Claims(issuer, "ann", List.of("marketing")));
    asked(token)
        .statusCode(503)
        .header("Retry-After", "2")
        .body("code", equalTo("unavailable"))
        .body("detail", containsString("the OpenID Connect provider is out of reach"));
    given()
        .formParam("token", token)
        .post("/login")
        .then()
        .statusCode(503)
        .body(containsString("out of reach"));
    asked("a-readers-token").statusCode(200);
    asked("nobodys-token").statusCode(401);
    given().get("/q/health/ready").then().statusCode(200);

    try (var _ = OidcProvider.start(URI.create(issuer).getPort(), signer)) {
      await().untilAsserted(() -> asked(token).statusCode(200));
      asked(nobodys).statusCode(403).body("detail", containsString("'id-of-ann'"));
    }
    asked(token).statusCode(200); // its keys are known
  }
}
