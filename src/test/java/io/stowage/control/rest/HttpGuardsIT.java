package io.stowage.control.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is turned away before any resource is asked, where everybody on this machine may do all. */
@QuarkusTest
@TestProfile(HttpGuardsIT.Impatient.class)
class HttpGuardsIT {
  private static final String REFUSED = "application/problem+json";

  public static class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("stowage.control.body-timeout", "1s", "stowage.dev.sample", "false");
    }
  }

  @TestHTTPResource("/")
  URI base;

  @Test
  void aNameThatIsNotThisMachinesOwnIsNotAnswered() {
    given()
        .header("Host", "evil.example")
        .get("/v1/runs")
        .then()
        .statusCode(403)
        .contentType(REFUSED)
        .body("detail", containsString("evil.example"));
    given().header("Host", "localhost:" + base.getPort()).get("/v1/runs").then().statusCode(200);
  }

  @Test
  void nothingIsTakenFromAnotherSitesPage() {
    given()
        .header("Origin", "https://evil.example")
        .post("/v1/queues/default/pause")
        .then()
        .statusCode(403)
        .body("detail", containsString("https://evil.example"));
    given()
        .header("Origin", "http://" + base.getHost() + ":" + base.getPort())
        .get("/v1/runs")
        .then()
        .statusCode(200);
  }

  @Test
  void aBodyThatOnlyDripsIsEnded() throws IOException {
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /v1/runs HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
              .formatted(base.getPort());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408").contains("did not come within 1 s");
    }
  }

  @Test
  void headersAreBounded() {
    given().header("X-Long", "x".repeat(20_000)).get("/v1/runs").then().statusCode(431);
  }
}
