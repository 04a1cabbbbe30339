package io.stowage.control.oidc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.stowage.fixture.OidcProvider;
import io.stowage.fixture.OidcSigner;
import io.stowage.fixture.OidcSigner.Claims;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect provider, beside ours. */
@QuarkusTest
@TestProfile(OidcIT.WithProvider.class)
class OidcIT {
  private static final String COOKIE = "stowage-session";

  private final OidcSigner signer = OidcSigner.of("first", configured("fixture.oidc.key"));
  private final String issuer = configured("quarkus.oidc.auth-server-url");

  public static class WithProvider implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Provider.class));
    }
  }

  /** It runs before the application does, and in another class loader than the tests. */
  public static class Provider implements QuarkusTestResourceLifecycleManager {
    private @Nullable OidcProvider provider;

    @Override
    public Map<String, String> start() {
      var signer = OidcSigner.create("first");
      try {
        var started = OidcProvider.start(0, signer);
        provider = started;
        return Map.of(
            "fixture.oidc.key", signer.text(),
            "quarkus.oidc.tenant-enabled", "true",
            "quarkus.oidc.auth-server-url", started.url(),
            "quarkus.oidc.token.audience", "stowage",
            "stowage.control.oidc.roles.read", "data-readers,auditors",
            "stowage.control.oidc.roles.submit", "data-engineers",
            "stowage.control.oidc.roles.operate", "platform",
            "stowage.control.oidc.roles.work", "workers",
            "stowage.control.tokens.read", "a-readers-token",
            "stowage.dev.sample", "false");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {
      if (provider != null) {
        provider.close();
      }
    }
  }

  private static String configured(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }

  private Claims claims(String... groups) {
    return new Claims(issuer, "ann", List.of(groups));
  }

  private String token(String... groups) {
    return signer.sign(claims(groups));
  }

  private static RequestSpecification bearing(String token) {
    return given().redirects().follow(false).header("Authorization", "Bearer " + token);
  }

  private static void isNotLetIn(String token, String because) {
    bearing(token)
        .get("/v1/runs")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("unauthenticated"))
        .body("detail", allOf(containsString(because), not(containsString("ann"))));
  }

  private static Response submitted(String token) {
    return bearing(token)
        .contentType("application/json")
        .body("{\"assets\":[\"nobody/has/this\"]}")
        .post("/v1/runs");
  }

  private static Response paused(String token) {
    return bearing(token).post("/v1/queues/default/pause");
  }

  private static Response resumed(String token) {
    return bearing(token).post("/v1/queues/default/resume");
  }

  /** Of a session that there is not. */
  private static Response claimed(String token) {
    return bearing(token)
        .contentType("application/json")
        .body(Json.text(new ClaimRequest(1, 0)))
        .post("/v1/sessions/" + UUID.randomUUID() + "/claim");
  }

  @Test
  void aReaderReadsAndDoesNothingElse() {
    for (String group : List.of("data-readers", "auditors")) {
      bearing(token(group)).get("/v1/runs").then().statusCode(200);
      submitted(token(group)).then().statusCode(403).body("detail", containsString("submit"));
      paused(token(group)).then().statusCode(403).body("detail", containsString("operate"));
    }
    bearing(token("auditors")).get("/v1/server").then().body("role", equalTo("read"));
  }

  @Test
  void aSubmitterSubmits() {
    submitted(token("data-engineers")).then().statusCode(422);
    paused(token("data-engineers")).then().statusCode(403);
  }

  @Test
  void anOperatorOperates() {
    paused(token("platform")).then().statusCode(200);
    resumed(token("platform")).then().statusCode(200);
  }

  @Test
  void whoHasSeveralRolesMayDoWhatEachMay() {
    String all = token("unknown", "workers", "data-readers", "platform");
    bearing(all).get("/v1/runs").then().statusCode(200);
    resumed(all).then().statusCode(200);
    claimed(all).then().statusCode(404);
    claimed(token("platform")).then().statusCode(403).body("detail", containsString("role work"));
  }

  @Test
  void whoHasNoneOfTheRolesIsToldWhichThereAre() {
    bearing(token("marketing"))
        .get("/v1/runs")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"))
        .body(
            "detail",
            allOf(
                containsString("'ann'"), containsString("read is for 'data-readers', 'auditors'")));
    bearing(signer.sign(claims().without("groups"))).get("/v1/runs").then().statusCode(403);
  }

  @Test
  void anExpiredTokenIsNotLetIn() {
    isNotLetIn(
        signer.sign(
            claims("platform").with("exp", Instant.now().minusSeconds(60).getEpochSecond())),
        "has expired");
    isNotLetIn(signer.sign(claims("platform").without("exp")), "never expires");
  }

  @Test
  void aTokenForOthersIsNotLetIn() {
    isNotLetIn(
        signer.sign(claims("platform").with("aud", "another-service")), "is for another audience");
    isNotLetIn(signer.sign(claims("platform").without("aud")), "names no audience");
    isNotLetIn(
        signer.sign(claims("platform").with("iss", "https://another.example")),
        "is of another issuer");
  }

  @Test
  void aForgedTokenIsNotLetIn() {
    isNotLetIn(OidcSigner.create("first").sign(claims("platform")), "not the provider's");
    isNotLetIn(OidcSigner.create("unheard-of").sign(claims("platform")), "does not have");
    String[] parts = token("data-readers").split("\\.");
    String[] others = token("platform").split("\\.");
    isNotLetIn(parts[0] + "." + others[1] + "." + parts[2], "not the provider's");
    isNotLetIn(withHead("{\"alg\":\"none\"}", parts[1]), "the provider's token");
    isNotLetIn(withHead("{\"alg\":\"none\",\"kid\":\"first\"}", parts[1]), "is not valid");
    isNotLetIn(withHead("{\"alg\":\"HS256\",\"kid\":\"first\"}", parts[1]), "is not valid");
    for (String nonsense : List.of("a.b.c", "e30.e30.e30", "-._.-", parts[0] + "." + parts[1])) {
      bearing(nonsense)
          .get("/v1/runs")
          .then()
          .statusCode(401)
          .body("code", equalTo("unauthenticated"));
    }
  }

  private static String withHead(String head, String claims) {
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(head.getBytes(StandardCharsets.UTF_8))
        + "."
        + claims
        + ".eA";
  }

  @Test
  void tokensOfOursAreValidBesideThem() {
    bearing("a-readers-token").get("/v1/runs").then().statusCode(200);
    submitted("a-readers-token").then().statusCode(403);
    isNotLetIn("nobodys-token", "not known");
    given().get("/v1/runs").then().statusCode(401);
  }

  @Test
  void aTokenOpensThePageUntilItExpires() {
    Response entered =
        given()
            .redirects()
            .follow(false)
            .formParam("token", token("platform"))
            .formParam("next", "/runs")
            .post("/login");
    entered.then().statusCode(303).header("Location", endsWith("/runs"));
    assertThat(entered.getHeader("Set-Cookie")).containsIgnoringCase("HttpOnly");
    var browser = given().redirects().follow(false).cookie(COOKIE, entered.getCookie(COOKIE));
    browser.get("/queues").then().statusCode(200).body(containsString("/pause"));
    browser.header("Stowage-Page", "1").post("/v1/queues/default/resume").then().statusCode(200);
    String expired =
        signer.sign(
            claims("platform").with("exp", Instant.now().minusSeconds(60).getEpochSecond()));
    given()
        .redirects()
        .follow(false)
        .cookie(COOKIE, expired)
        .get("/queues")
        .then()
        .statusCode(303)
        .header("Location", containsString("/login"));
  }

  @Test
  void thePageSaysWhyATokenDoesNotOpenIt() {
    String[] many = new String[400];
    Arrays.setAll(many, i -> "platform-" + i);
    many[0] = "platform";
    signIn("nonsense").then().statusCode(401).body(containsString("not known"));
    signIn(token("marketing")).then().statusCode(403).body(containsString("data-readers"));
    signIn(token("workers")).then().statusCode(403).body(containsString("role work"));
    signIn(token(many)).then().statusCode(413).body(containsString("3800"));
    given()
        .redirects()
        .follow(false)
        .cookie(COOKIE, token("marketing"))
        .get("/queues")
        .then()
        .statusCode(403)
        .body(containsString("data-readers"));
  }

  private static Response signIn(String token) {
    return given().formParam("token", token).post("/login");
  }
}
