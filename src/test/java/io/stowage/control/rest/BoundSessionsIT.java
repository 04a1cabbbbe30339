package io.stowage.control.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.Json;
import io.stowage.protocol.SessionRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session is its principal's: what is stolen of it is worth nothing without his token. */
@QuarkusTest
@TestProfile(BoundSessionsIT.WithFiles.class)
class BoundSessionsIT {
  private static final String ALICE = "the-first-token-of-alice";
  private static final String ALICE_TOO = "the-second-token-of-alice";
  private static final String BOB = "the-only-token-of-bob";
  private static final String SUBMITTER = "the-token-of-a-submitter";
  private static final String READER = "the-token-of-a-reader";

  public static class WithFiles implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path folder = Files.createTempDirectory("tokens");
        Files.write(
            folder.resolve("work"), List.of("alice " + ALICE, "alice " + ALICE_TOO, "bob " + BOB));
        Files.writeString(folder.resolve("read"), READER);
        Files.writeString(folder.resolve("submit"), SUBMITTER);
        return Map.of(
            "stowage.control.token-folder", folder.toString(), "stowage.dev.sample", "false");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String session = "";
  private String secret = "";

  private static RequestSpecification bearing(String token) {
    return given().header("Authorization", "Bearer " + token).contentType("application/json");
  }

  @BeforeEach
  void aliceOpensASession() {
    var nothing = new CatalogDocument(List.of(), Map.of());
    var opened =
        bearing(ALICE)
            .body(
                Json.text(
                    new SessionRequest(
                        "w",
                        "1",
                        SessionRequest.PROTOCOL,
                        List.of("bound"),
                        1,
                        Json.hash(nothing),
                        nothing)))
            .post("/v1/sessions")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    session = opened.getString("id");
    secret = opened.getString("secret");
  }

  private int claim(String token) {
    return bearing(token)
        .header("Stowage-Session", secret)
        .body(Json.text(new ClaimRequest(1, 0)))
        .post("/v1/sessions/" + session + "/claim")
        .statusCode();
  }

  @Test
  void itsPrincipalMayUseItWithEitherOfHisTokens() {
    assertThat(List.of(claim(ALICE), claim(ALICE_TOO))).containsOnly(200);
  }

  @Test
  void anotherPrincipalMayNotWhateverHeKnows() {
    assertThat(claim(BOB)).isEqualTo(403);
    assertThat(claim(READER)).isEqualTo(403);
    given()
        .header("Stowage-Session", secret)
        .delete("/v1/sessions/" + session)
        .then()
        .statusCode(401)
        .body("detail", containsString("role work"));
  }

  @Test
  void aSubmitterMayNotRemoveByABatchEither() {
    bearing(SUBMITTER)
        .body("{\"runs\": [{\"kind\": \"sweep\"}, {\"kind\": \"wipe\", \"assets\": [\"a\"]}]}")
        .post("/v1/runs/batch")
        .then()
        .statusCode(200)
        .body("answers.status", contains(403, 403));
  }
}
