package io.stowage.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.stowage.api.StowageException;
import io.stowage.protocol.Json;
import io.stowage.protocol.http.BearerToken;
import io.stowage.protocol.http.JsonClient;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A session that says what the test would have it say, also what no worker of ours would. */
final class Stranger implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final JsonClient anybody;
  private final JsonClient client;
  private final String path;

  /** Opens a session for the queue, with the catalog that the workers have brought. */
  Stranger(Cluster cluster, FaultProxy way, String queue) {
    String catalog =
        cluster
            .database()
            .query("SELECT hash FROM stowage.catalog", row -> row.getString(1))
            .getFirst();
    anybody =
        new JsonClient(
            URI.create(way.url()),
            BearerToken.of(Optional.empty(), Optional.empty()),
            Json.reader());
    var opened =
        anybody.call(
            "POST",
            "/v1/sessions",
            Map.of(
                "name",
                "stranger",
                "version",
                "0",
                "protocol",
                1,
                "queues",
                List.of(queue),
                "slots",
                1,
                "catalog_hash",
                catalog),
            JsonNode.class,
            TIMEOUT);
    client = anybody.with("Stowage-Session", opened.path("secret").asText());
    path = "/v1/sessions/" + opened.path("id").asText();
  }

  /** The next lease of the queue. */
  String claim() {
    var answer = call("/claim", Map.of("max", 1, "wait_millis", 3_000)).path("leases").path(0);
    return answer.path("lease_id").asText();
  }

  void release(String run, String lease) {
    call("/leases/" + lease + "/release", Map.of("run_id", run, "reason", "of no use"));
  }

  /** The answer's code; empty where it was committed. */
  String commit(String run, String lease) {
    var request = new HashMap<String, Object>();
    request.put("commit_id", UUID.randomUUID());
    request.put("run_id", run);
    request.put("step", "bench/nothing");
    request.put("output", "forged");
    request.put("asset", "bench/nothing");
    request.put("partition", "");
    request.put("bytes", -1);
    request.put("rows", -1);
    request.put("metadata", Map.of());
    request.put("inputs", List.of());
    request.put("beside", List.of());
    try {
      call("/leases/" + lease + "/commit", request);
      return "";
    } catch (StowageException e) {
      return e.code().word();
    }
  }

  void complete(String run, String lease) {
    var completion =
        Map.of("run_id", run, "lease_id", lease, "outcome", "succeeded", "retry", false);
    call("/complete", Map.of("completions", List.of(completion)));
  }

  private JsonNode call(String call, Object body) {
    return client.call("POST", path + call, body, JsonNode.class, TIMEOUT);
  }

  @Override
  public void close() {
    client.call("DELETE", path, null, JsonNode.class, TIMEOUT);
    anybody.close();
  }
}
