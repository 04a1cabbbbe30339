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
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final JsonClient client;
  private final String path;

  /**
   * Opens a session for the queue.
   *
   * @param anybody with no session; of {@link #anybody}
   * @param catalog hash of one that the workers have brought
   */
  Stranger(JsonClient anybody, String catalog, String queue) {
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

  /** What several speak through; the caller closes it. */
  static JsonClient anybody(FaultProxy way) {
    return new JsonClient(
        URI.create(way.url()), BearerToken.of(Optional.empty(), Optional.empty()), Json.reader());
  }

  static String catalog(Cluster cluster) {
    return cluster
        .database()
        .query("SELECT hash FROM stowage.catalog", row -> row.getString(1))
        .getFirst();
  }

  /** The next lease of the queue; empty where none came in time. */
  String claim(Duration wait) {
    var answer = call("/claim", Map.of("max", 1, "wait_millis", wait.toMillis()));
    return answer.path("leases").path(0).path("lease_id").asText();
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
  }
}
