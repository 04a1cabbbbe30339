package io.stowage.control;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.DeclarationData;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.catalog.SettingSpec;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.Json;
import io.stowage.protocol.RunKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A worker that does what a test tells it, over HTTP. Each has a queue of its own, so that tests do
 * not disturb each other.
 */
final class FakeWorker {
  final String queue;
  final CatalogDocument catalog;
  private long session;
  private String secret = "";

  FakeWorker(String queue) {
    this(
        queue,
        Map.of(
            "plain",
            Optional.empty(),
            "monthly",
            Optional.of(PartitionsDefinition.monthly("2012-01").until("2016-01"))));
  }

  /** One with other assets, by their names behind {@code t/}. */
  FakeWorker(String queue, Map<String, Optional<PartitionsDefinition>> assets) {
    this.queue = queue;
    this.catalog = catalog(queue, assets);
  }

  static FakeWorker onNewQueue() {
    return new FakeWorker("q" + UUID.randomUUID()).open();
  }

  private static CatalogDocument catalog(
      String queue, Map<String, Optional<PartitionsDefinition>> partitions) {
    var assets = new ArrayList<Map<String, Object>>();
    new TreeMap<>(partitions).forEach((name, of) -> assets.add(declaration(queue, name, of)));
    var manager =
        new CatalogDocument.Manager(
            "avro",
            false,
            List.of(
                new SettingSpec("codec", "String", false, false),
                new SettingSpec("level", "int", false, false),
                new SettingSpec("store", "String", false, true)));
    return new CatalogDocument(assets, Map.of("default", manager));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<String, Object> declaration(
      String queue, String name, Optional<PartitionsDefinition> partitions) {
    var output =
        new OutputDeclaration(
            "result",
            AssetKey.of("t/" + name),
            DeclaredType.of("long"),
            false,
            "default",
            "",
            Map.of(),
            Map.of());
    var declaration =
        new AssetDeclaration(
            "t/" + name,
            "T." + name,
            "t",
            queue,
            "",
            Map.of(),
            0,
            Set.of(),
            List.of(),
            List.of(output),
            List.of(),
            partitions,
            Optional.empty(),
            1,
            Duration.ofSeconds(1),
            1,
            Optional.empty());
    return (Map) DeclarationData.of(declaration);
  }

  FakeWorker open() {
    String hash = Json.hash(catalog);
    var request =
        Map.of(
            "name",
            "fake",
            "version",
            "1",
            "protocol",
            1,
            "queues",
            List.of(queue),
            "slots",
            4,
            "catalog_hash",
            hash,
            "catalog",
            catalog,
            "kinds",
            RunKind.words());
    Response opened = post("/v1/sessions", request);
    opened.then().statusCode(201);
    session = opened.jsonPath().getLong("id");
    secret = opened.jsonPath().getString("secret");
    return this;
  }

  FakeWorker withSecret(String other) {
    var thief = new FakeWorker(queue);
    thief.session = session;
    thief.secret = other;
    return thief;
  }

  Response submit(Map<String, ?> request) {
    var body = new java.util.HashMap<String, Object>(request);
    body.putIfAbsent("queue", queue);
    return post("/v1/runs", body);
  }

  UUID submitted(Map<String, ?> request) {
    Response answer = submit(request);
    answer.then().statusCode(201);
    return UUID.fromString(answer.jsonPath().getString("id"));
  }

  List<Map<String, Object>> claim(int max, long waitMillis) {
    Response answer = call("/claim", Map.of("max", max, "wait_millis", waitMillis));
    answer.then().statusCode(200);
    return answer.jsonPath().getList("leases");
  }

  Map<String, Object> claimOne() {
    return claim(1, 5_000).getFirst();
  }

  /** The run that comes next, however long that takes: it says meanwhile that it lives. */
  Map<String, Object> claimWhenReady() {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              heartbeat(List.of());
              return claim(1, 500);
            },
            leases -> !leases.isEmpty())
        .getFirst();
  }

  Response commit(Map<String, Object> lease, UUID commitId, String asset, String partition) {
    return commit(lease, commitId, asset, partition, Map.of());
  }

  /**
   * @param other than what else it would say
   */
  Response commit(
      Map<String, Object> lease,
      UUID commitId,
      String asset,
      String partition,
      Map<String, ?> other) {
    var request = new java.util.HashMap<String, Object>();
    request.put("commit_id", commitId);
    request.put("run_id", lease.get("run_id"));
    request.put("step", asset);
    request.put("output", "result");
    request.put("asset", asset);
    request.put("partition", partition);
    request.put("location", "memory:test/" + commitId);
    request.put("bytes", 10);
    request.put("rows", 1);
    request.put("metadata", Map.of("rows", Map.of("type", "int", "value", 1)));
    request.put("inputs", List.of());
    request.put("beside", List.of());
    request.putAll(other);
    return call("/leases/" + lease.get("lease_id") + "/commit", request);
  }

  Response complete(Map<String, Object> lease, String outcome, boolean retry) {
    return call(
        "/complete",
        Map.of(
            "completions",
            List.of(
                Map.of(
                    "lease_id",
                    lease.get("lease_id"),
                    "run_id",
                    lease.get("run_id"),
                    "outcome",
                    outcome,
                    "retry",
                    retry))));
  }

  Response release(Map<String, Object> lease, String reason) {
    return call(
        "/leases/" + lease.get("lease_id") + "/release",
        Map.of("run_id", lease.get("run_id"), "reason", reason));
  }

  Response heartbeat(List<Object> leases) {
    return call("/heartbeat", Map.of("state", "running", "free_slots", 1, "leases", leases));
  }

  Response call(String path, Object body) {
    return given()
        .contentType(ContentType.JSON)
        .header("Stowage-Session", secret)
        .body(Json.text(body))
        .post("/v1/sessions/" + session + path);
  }

  static Response post(String path, Object body) {
    return given().contentType(ContentType.JSON).body(Json.text(body)).post(path);
  }

  static String state(UUID run) {
    return given().get("/v1/runs/" + run).jsonPath().getString("state");
  }
}
