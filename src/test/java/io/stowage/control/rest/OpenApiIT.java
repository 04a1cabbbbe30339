package io.stowage.control.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.stowage.control.rest.OpenApi.Operation;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.Json;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document, held against a control plane that has the sample's catalog, and tokens. */
@QuarkusTest
@TestProfile(OpenApiIT.WithTokens.class)
class OpenApiIT {
  private static final String OPERATE = "an-operators-token";
  private static final String READ = "a-readers-token";
  private static final String WORK = "a-workers-token";

  public static class WithTokens implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "stowage.control.tokens.read", READ,
          "stowage.control.tokens.operate", OPERATE,
          "stowage.control.tokens.work", WORK,
          "stowage.control.token", WORK,
          "stowage.dev.sample", "false");
    }
  }

  @Inject Provider<Worker> workers;

  private OpenApi document;

  @BeforeEach
  void readWhatTheServerAnswers() throws IOException {
    Response answer = as(READ).get("/v1/openapi");
    answer.then().statusCode(200).contentType("application/yaml");
    document = new OpenApi(new YAMLMapper().readTree(answer.asString()));
    try (Worker worker = workers.get()) {
      worker.once(0, Duration.ZERO); // leaves the sample's catalog behind
    }
  }

  private static RequestSpecification as(String token) {
    return given()
        .auth()
        .oauth2(token)
        .urlEncodingEnabled(false)
        .contentType("application/json")
        .accept("application/json, application/yaml");
  }

  private Response call(
      Operation operation, RequestSpecification request, Map<String, String> path, JsonNode body) {
    String at = operation.path();
    for (var each : path.entrySet()) {
      at = at.replace("{" + each.getKey() + "}", each.getValue());
    }
    return (body == null ? request : request.body(body.toString())).request(operation.method(), at);
  }

  private JsonNode body(Operation operation) {
    JsonNode content = operation.node().at("/requestBody/content/application~1json");
    return content.isMissingNode() ? null : document.examples(content).findFirst().orElseThrow();
  }

  private static final Map<String, String> NOWHERE =
      Map.of(
          "id", "0199f0c2-7b1a-7c3e-9d52-000000000000",
          "lease", "0199f0c2-7b1a-7c3e-9d52-000000000000",
          "session", "999999999",
          "queue", "nowhere",
          "key", "nowhere");

  @Test
  void eachCallNeedsTheRoleThatIsSaid() {
    for (Operation operation : document.operations()) {
      Refusals.refused(
          401,
          "unauthenticated",
          call(operation, given().contentType("application/json"), NOWHERE, body(operation)));
      if (!operation.role().isEmpty()) {
        String other = operation.role().equals("work") ? OPERATE : WORK;
        Response refused =
            Refusals.refused(
                403, "forbidden", call(operation, as(other), NOWHERE, body(operation)));
        assertThat(refused.jsonPath().getString("detail"))
            .as(operation.toString())
            .contains("role " + operation.role() + ",");
      }
    }
  }

  /** Asks, and holds the answer against the form that the document gives it. */
  private JsonNode answered(
      String id, String token, Map<String, String> path, String query, JsonNode body)
      throws IOException {
    Operation operation = document.operation(id);
    Response answer =
        call(
            new Operation(operation.method(), operation.path() + query, operation.node()),
            as(token),
            path,
            body);
    JsonNode said = operation.node().path("responses").path(String.valueOf(answer.statusCode()));
    assertThat(answer.statusCode()).as(operation + ": " + answer.asString()).isBetween(200, 299);
    assertThat(said.isMissingNode()).as(operation + " answers " + answer.statusCode()).isFalse();
    JsonNode schema = said.at("/content/application~1json/schema");
    if (schema.isMissingNode()) {
      return said;
    }
    JsonNode value = new ObjectMapper().readTree(answer.asString());
    document.check(value, schema, operation.toString());
    return value;
  }

  @Test
  void takesTheExamplesAndAnswersAsIsSaid() throws IOException {
    Operation submit = document.operation("submitRun");
    String run = "";
    for (JsonNode example :
        document.examples(submit.node().at("/requestBody/content/application~1json")).toList()) {
      run = answered("submitRun", OPERATE, Map.of(), "", example).path("id").asText();
    }
    String backfill =
        answered(
                "submitBackfill", OPERATE, Map.of(), "", body(document.operation("submitBackfill")))
            .path("id")
            .asText();
    for (String id :
        List.of(
            "checkRun",
            "submitRuns",
            "changePartitions",
            "stored",
            "redrive",
            "setQueue",
            "pauseQueue",
            "resumeQueue",
            "runEvents",
            "run",
            "cancelRun",
            "retryRun",
            "checks",
            "queueStats")) {
      answered(
          id,
          OPERATE,
          Map.of("id", run, "queue", "default", "key", "weather/observations"),
          "",
          body(document.operation(id)));
    }
    for (String id : List.of("pauseBackfill", "resumeBackfill", "backfill", "cancelBackfill")) {
      answered(id, OPERATE, Map.of("id", backfill), "", null);
    }
    for (Operation operation : document.operations()) {
      String id = operation.node().path("operationId").asText();
      if (operation.method().equals("GET") && !operation.path().contains("{")) {
        String query =
            switch (id) {
              case "asset" -> "?key=weather/monthly";
              case "listPartitions", "partitionStates" -> "?asset=weather/monthly";
              case "metadataSeries" -> "?asset=weather/monthly&label=rows";
              default -> "";
            };
        answered(id, READ, Map.of(), query, null);
      }
    }
  }

  @Test
  void takesWhatAWorkerSays() throws IOException {
    JsonNode example = body(document.operation("openSession")).deepCopy();
    var catalog =
        Json.configure(new ObjectMapper())
            .readValue(example.path("catalog").toString(), CatalogDocument.class);
    ((com.fasterxml.jackson.databind.node.ObjectNode) example)
        .put("catalog_hash", Json.hash(catalog));
    JsonNode opened = answered("openSession", WORK, Map.of(), "", example);
    var session = Map.of("session", opened.path("id").asText());
    String secret = opened.path("secret").asText();
    for (String id : List.of("claim", "heartbeat", "latest", "complete", "closeSession")) {
      Operation operation = document.operation(id);
      Response answer =
          call(operation, as(WORK).header("Stowage-Session", secret), session, body(operation));
      JsonNode said = operation.node().path("responses").path(String.valueOf(answer.statusCode()));
      assertThat(answer.statusCode()).as(operation + ": " + answer.asString()).isBetween(200, 299);
      JsonNode schema = said.at("/content/application~1json/schema");
      if (!schema.isMissingNode()) {
        document.check(new ObjectMapper().readTree(answer.asString()), schema, id);
      }
    }
  }
}
