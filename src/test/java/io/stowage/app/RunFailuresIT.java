package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of runs that fail or are canceled, by a real worker and over HTTP. */
@QuarkusTest
class RunFailuresIT {
  @Inject Provider<Worker> workers;

  @BeforeEach
  void bringTheCatalog() {
    FragileAssets.told = new CountDownLatch(1);
    workers.get().once(50, Duration.ZERO);
  }

  @AfterEach
  void letGo() {
    FragileAssets.told.countDown();
  }

  private static Map<String, Object> request(String asset, Map<String, Object> more) {
    var request = new HashMap<String, Object>(more);
    request.putIfAbsent("assets", List.of("fragile/" + asset));
    request.put("queue", "fragile");
    return request;
  }

  private static String submit(String asset, Map<String, Object> more) {
    return given()
        .contentType(ContentType.JSON)
        .body(request(asset, more))
        .post("/v1/runs")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** One attempt at a run of the asset. */
  private JsonPath attempted(String asset, Map<String, Object> more) {
    String id = submit(asset, more);
    workers.get().once(1, Duration.ZERO);
    JsonPath run = get("/v1/runs/" + id);
    given().post("/v1/runs/" + id + "/cancel");
    return run;
  }

  private static JsonPath get(String path) {
    return given().get(path).then().statusCode(200).extract().jsonPath();
  }

  private static List<String> events(String run) {
    return get("/v1/runs/" + run + "/events").getList("type");
  }

  private static String message(String run, String type) {
    return get("/v1/runs/" + run + "/events")
        .getString("find { it.type == '" + type + "' }.message");
  }

  @Test
  void whatIsAwayIsTriedAgain() {
    JsonPath run = attempted("away", Map.of());
    assertThat(run.getString("state")).isEqualTo("scheduled");
    assertThat(run.getInt("attempts")).isEqualTo(1);
    assertThat(run.getInt("losses")).isZero();
  }

  @Test
  void whoAsksToBeLeftAloneForTwoHoursIs() {
    JsonPath run = attempted("busy", Map.of());
    assertThat(run.getString("state")).isEqualTo("scheduled");
    assertThat(message(run.getString("id"), "retry_scheduled"))
        .matches("attempt 1 failed; tried again in 720\\d\\.\\d s");
  }

  @Test
  void theAuthorsFailureIsFinalUnlessTheRequestSaysOtherwise() {
    assertThat(attempted("broken", Map.of()).getString("state")).isEqualTo("failed");
    assertThat(
            attempted("broken", Map.of("retry", Map.of("on", List.of("asset")))).getString("state"))
        .isEqualTo("scheduled");
  }

  @Test
  void aFailureIsToldOfThoughItsMessageHoldsWhatTheDatabaseCannotKeep() {
    JsonPath run = attempted("garbled", Map.of());
    assertThat(run.getString("state")).isEqualTo("failed");
    assertThat(message(run.getString("id"), "step_failed"))
        .contains("the file begins with '\uFFFD\uFFFD\uFFFDx'");
  }

  @Test
  @Tag("C35")
  void goingOnFromAFailureDoesNotAskAgainForWhatWasLeftOut() {
    int before = FragileAssets.asked.get();
    var both = Map.<String, Object>of("assets", List.of("fragile/rare", "fragile/broken"));
    JsonPath run = attempted("rare", both);
    assertThat(run.getString("state")).isEqualTo("failed");
    String again =
        given()
            .post("/v1/runs/" + run.getString("id") + "/retry?from=failure")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    workers.get().once(1, Duration.ZERO);
    assertThat(get("/v1/runs/" + again).getString("state")).isEqualTo("failed");
    assertThat(FragileAssets.asked.get() - before).isEqualTo(1);
    assertThat(
            get("/v1/runs/" + again + "/events")
                .getString("find { it.step == 'fragile/rare' }.message"))
        .isEqualTo("committed before");
  }

  @Test
  void aRequestMayWantNoRetriesAtAll() {
    assertThat(attempted("away", Map.of("retry", Map.of("on", List.of()))).getString("state"))
        .isEqualTo("failed");
    assertThat(attempted("away", Map.of("retry", Map.of("max_attempts", 1))).getString("state"))
        .as("tried as often as it may be")
        .isEqualTo("dead");
  }

  @Test
  void aRunThatIsSubmittedAgainKeepsWhatIsRetried() {
    String first =
        attempted("away", Map.of("retry", Map.of("on", List.of("asset")))).getString("id");
    String again =
        given().post("/v1/runs/" + first + "/retry").then().statusCode(201).extract().path("id");
    workers.get().once(1, Duration.ZERO);
    assertThat(get("/v1/runs/" + again).getString("state")).isEqualTo("failed");
    assertThat(events(first)).endsWith("failed", "retried");
    assertThat(message(first, "retried")).isEqualTo("again as run " + again + " by anonymous");
  }

  @Test
  void anUnknownKindOfErrorIsAFaultOfTheRequest() {
    given()
        .contentType(ContentType.JSON)
        .body(request("away", Map.of("retry", Map.of("on", List.of("transient", "caller")))))
        .post("/v1/runs")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("retry.on"));
  }

  @Test
  void anAuthorsCodeSeesThatItsRunIsCanceled() {
    assertThat(canceledWhileItRuns("patient").getString("state")).isEqualTo("canceled");
  }

  @Test
  void anUploadStopsBetweenItsParts() {
    JsonPath run = canceledWhileItRuns("endless");
    assertThat(run.getString("state")).isEqualTo("canceled");
    assertThat(get("/v1/materializations?run=" + run.getString("id")).getList("items")).isEmpty();
  }

  @Test
  void aWorkerThatDoesNotEndACanceledRunInTimeLosesIt() {
    JsonPath run = canceledWhileItRuns("stubborn");
    assertThat(run.getString("state")).isEqualTo("canceled");
    assertThat(run.getString("error.message")).isEqualTo("its worker did not end it in time");
    FragileAssets.told.countDown();
    assertThat(get("/v1/materializations?run=" + run.getString("id")).getList("items")).isEmpty();
  }

  private JsonPath canceledWhileItRuns(String asset) {
    String id = submit(asset, Map.of());
    Thread worker = Thread.ofVirtual().start(() -> workers.get().once(1, Duration.ofSeconds(10)));
    await().atMost(Duration.ofSeconds(20)).until(() -> events(id).contains("step_started"));
    given()
        .post("/v1/runs/" + id + "/cancel")
        .then()
        .statusCode(200)
        .body("state", equalTo("canceling"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get("/v1/runs/" + id).getString("finished_at") != null);
    assertThat(message(id, "cancel_requested")).isEqualTo("by anonymous");
    FragileAssets.told.countDown();
    await().atMost(Duration.ofSeconds(20)).until(() -> !worker.isAlive());
    return get("/v1/runs/" + id);
  }
}
