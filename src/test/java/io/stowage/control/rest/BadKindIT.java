package io.stowage.control.rest;

import static io.stowage.control.rest.Refusals.refused;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests for runs of a kind that make no sense. */
@QuarkusTest
@Tag("C51")
class BadKindIT {
  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
  }

  private void refuses(int status, String code, Map<String, Object> request) {
    var whole = new HashMap<String, Object>(request);
    whole.put("queue", queue.name());
    refused(status, code, Refusals.post("/v1/runs", whole));
  }

  @Test
  void refusesAKindThatIsNone() {
    refuses(400, "invalid_request", Map.of("kind", "tidy", "assets", List.of(queue.key("raw"))));
    refuses(400, "invalid_request", Map.of("kind", "", "assets", List.of(queue.key("raw"))));
  }

  @Test
  void refusesOptionsThatAreNone() {
    refuses(
        400,
        "invalid_request",
        Map.of("assets", List.of(queue.key("raw")), "options", Map.of("keep", 3)));
    refuses(422, "unknown_setting", Map.of("kind", "sweep", "options", Map.of("kept", 3)));
    for (Object keep : List.of(0, -1, "three", 1.5, 2_000_000)) {
      refuses(400, "invalid_request", Map.of("kind", "sweep", "options", Map.of("keep", keep)));
    }
    for (Object age : List.of("soon", -1, "P1M", "-P1D", "P99999D", "")) {
      refuses(
          400, "invalid_request", Map.of("kind", "sweep", "options", Map.of("older-than", age)));
    }
    refuses(400, "invalid_request", Map.of("kind", "sweep", "options", Map.of("dry-run", "yes")));
    refuses(
        422,
        "unknown_setting",
        Map.of("kind", "wipe", "assets", List.of(queue.key("raw")), "options", Map.of("keep", 3)));
  }

  @Test
  void refusesAWipeOfNothingInParticular() {
    refuses(400, "invalid_request", Map.of("kind", "wipe"));
    refuses(400, "invalid_request", Map.of("kind", "wipe", "assets", List.of()));
    refuses(422, "unknown_asset", Map.of("kind", "wipe", "assets", List.of("nothing/here")));
    refuses(
        422,
        "unknown_partition",
        Map.of("kind", "wipe", "assets", List.of(queue.key("town")), "partition", " "));
  }

  @Test
  void refusesASweepOfOnePartition() {
    refuses(
        400,
        "invalid_request",
        Map.of("kind", "sweep", "assets", List.of(queue.key("town")), "partition", "Basel"));
    refuses(422, "unknown_asset", Map.of("kind", "sweep", "assets", List.of("nothing/here")));
  }
}
