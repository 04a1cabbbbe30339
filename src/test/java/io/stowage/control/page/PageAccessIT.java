package io.stowage.control.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who sees the page, and what a browser's session may do. */
@QuarkusTest
@TestProfile(PageAccessIT.WithTokens.class)
class PageAccessIT {
  private static final String COOKIE = "stowage-session";
  private static final List<String> PAGES =
      List.of(
          "/assets",
          "/lineage",
          "/jobs",
          "/runs",
          "/backfills",
          "/queues",
          "/io",
          "/docs",
          "/launch");

  public static class WithTokens implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "stowage.control.tokens.read", "a-readers-token",
          "stowage.control.tokens.submit", "a-submitters-token",
          "stowage.control.tokens.operate", "an-operators-token",
          "stowage.control.tokens.work", "a-workers-token",
          "stowage.control.token", "a-workers-token",
          "stowage.dev.sample", "false");
    }
  }

  private static RequestSpecification browser() {
    return given().redirects().follow(false);
  }

  private static Response signIn(String token, String next) {
    return browser().formParam("token", token).formParam("next", next).post("/login");
  }

  private static RequestSpecification signedIn(String token) {
    return browser().cookie(COOKIE, signIn(token, "").getCookie(COOKIE));
  }

  @Test
  void whoHasNoSessionIsSentToSignIn() {
    for (String page : PAGES) {
      browser().get(page).then().statusCode(303).header("Location", containsString("/login?next="));
    }
    browser().get("/login").then().statusCode(200).body(containsString("name=\"token\""));
  }

  @Test
  void aTokenOpensASessionThatScriptsCannotRead() {
    Response entered = signIn("a-readers-token", "/runs");
    entered.then().statusCode(303).header("Location", endsWith("/runs"));
    assertThat(entered.getHeader("Set-Cookie"))
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Lax")
        .doesNotContain("a-readers-token");
    for (String page : PAGES) {
      signedIn("a-readers-token").get(page).then().statusCode(200).body(containsString("</html>"));
    }
    assertThat(
            browser()
                .header("X-Forwarded-Proto", "https")
                .formParam("token", "a-readers-token")
                .post("/login")
                .getHeader("Set-Cookie"))
        .containsIgnoringCase("Secure");
  }

  @Test
  void aSessionIsGoodForTheRestInterfaceAsWell() {
    signedIn("a-readers-token").get("/v1/runs").then().statusCode(200);
    browser().cookie(COOKIE, "9999999999.forged").get("/v1/runs").then().statusCode(401);
    browser().cookie(COOKIE, "1.late").get("/v1/runs").then().statusCode(401);
  }

  @Test
  void anUnknownTokenAndAWorkersAreTurnedAway() {
    signIn("nobody", "").then().statusCode(401).body(containsString("not known"));
    signIn("a-workers-token", "").then().statusCode(403).body(containsString("role work"));
  }

  @Test
  void signingInLeadsNowhereElse() {
    for (String next : List.of("https://evil.example", "//evil.example", "/\\evil.example", "")) {
      signIn("a-readers-token", next)
          .then()
          .statusCode(303)
          .header("Location", endsWith("/assets"));
    }
  }

  @Test
  void aCookieAloneChangesNothing() {
    signedIn("an-operators-token")
        .post("/v1/queues/default/pause")
        .then()
        .statusCode(403)
        .body("detail", containsString("Stowage-Page"));
    signedIn("an-operators-token")
        .header("Stowage-Page", "1")
        .header("Sec-Fetch-Site", "cross-site")
        .post("/v1/queues/default/pause")
        .then()
        .statusCode(403);
    signedIn("an-operators-token")
        .header("Stowage-Page", "1")
        .post("/v1/queues/default/resume")
        .then()
        .statusCode(200);
    browser()
        .header("Sec-Fetch-Site", "cross-site")
        .formParam("token", "a-readers-token")
        .post("/login")
        .then()
        .statusCode(403);
  }

  @Test
  void rolesAreRespected() {
    signedIn("a-readers-token")
        .header("Stowage-Page", "1")
        .contentType("application/json")
        .body("{\"assets\":[\"weather\"]}")
        .post("/v1/runs")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    signedIn("a-submitters-token")
        .header("Stowage-Page", "1")
        .post("/v1/queues/default/drain")
        .then()
        .statusCode(403);
    signedIn("a-readers-token").get("/queues").then().body(not(containsString("/pause")));
    signedIn("a-readers-token").get("/runs").then().body(not(containsString("href=\"/launch\"")));
    signedIn("an-operators-token").get("/queues").then().body(containsString("/pause"));
  }

  /** What is stored is data; that it is stored is not. */
  @Test
  void whoReadsThePageDoesNotReadData() {
    String nobody = "/v1/runs/" + java.util.UUID.randomUUID() + "/preview";
    signedIn("a-readers-token").get(nobody).then().statusCode(403);
    signedIn("a-submitters-token").get(nobody).then().statusCode(404);
    browser().get(nobody).then().statusCode(401);
    signedIn("a-readers-token")
        .header("Stowage-Page", "1")
        .contentType("application/json")
        .body("{\"kind\":\"preview\",\"assets\":[\"weather/report\"]}")
        .post("/v1/runs")
        .then()
        .statusCode(403);
    signedIn("a-submitters-token")
        .header("Stowage-Page", "1")
        .post("/v1/workers/1/drain")
        .then()
        .statusCode(403);
  }

  @Test
  void everyAnswerSaysThatOnlyOurOwnScriptsRun() {
    for (String path : List.of("/login", "/v1/runs", "/page/stowage.css", "/assets")) {
      browser()
          .get(path)
          .then()
          .header(
              "Content-Security-Policy",
              allOf(
                  containsString("default-src 'none'"),
                  containsString("script-src 'self'"),
                  not(containsString("unsafe"))))
          .header("X-Content-Type-Options", "nosniff");
    }
    for (String page : PAGES) {
      assertThat(signedIn("an-operators-token").get(page).asString())
          .doesNotContain("<style")
          .doesNotContain(" style=")
          .doesNotContain(" onclick=")
          .doesNotContainPattern("<script(?![^>]* src=)");
    }
  }

  @Test
  void whatAPageLoadsIsThere() {
    for (String path :
        List.of(
            "/page/stowage.css",
            "/page/icon.svg",
            "/page/api.js",
            "/page/live.js",
            "/page/actions.js",
            "/page/assets.js",
            "/page/asset.js",
            "/page/matrix.js",
            "/page/plot.js",
            "/page/lineage.js",
            "/page/launch.js",
            "/webjars/dagre/0.8.4/dist/dagre.min.js")) {
      browser().get(path).then().statusCode(200);
    }
  }

  @Test
  void leavingEndsTheSession() {
    Response left = signedIn("a-readers-token").post("/logout");
    left.then().statusCode(303);
    assertThat(left.getHeader("Set-Cookie")).containsIgnoringCase("Max-Age=0");
  }
}
