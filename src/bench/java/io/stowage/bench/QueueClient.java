package io.stowage.bench;

import io.stowage.api.AssetKey;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.DeclarationData;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.Completion;
import io.stowage.protocol.Json;
import io.stowage.protocol.Lease;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitBatch;
import io.stowage.protocol.SubmitRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Speaks the protocol as submitters and workers of one asset that does nothing, in a queue. */
final class QueueClient {
  static final String QUEUE = "bench";
  // some 300 bytes, as the plan of a real request is
  private static final SubmitRequest REQUEST =
      SubmitRequest.of(List.of("bench/nothing"))
          .queue(QUEUE)
          .tags(Map.of("note", "x".repeat(120)))
          .build();

  // written once, as the parameter of plain SQL is
  private static final byte[] SINGLE = PlainHttp.json(REQUEST);
  private final Map<Integer, byte[]> batches = new ConcurrentHashMap<>();
  private final PlainHttp http =
      new PlainHttp(
          URI.create(System.getenv().getOrDefault("STOWAGE_CONTROL_URL", "http://127.0.0.1:8080")));

  /** Its sessions send no heartbeats, and are to last for as long as anything is measured. */
  void keepSessions() {
    http.call("PUT", "/v1/queues/" + QUEUE, "", Map.of("session_ttl", "PT300S"), Object.class);
  }

  void submit() {
    http.call("POST", "/v1/runs", "", SINGLE, SubmitAnswer.class);
  }

  void submit(int runs) {
    byte[] batch =
        batches.computeIfAbsent(
            runs,
            _ ->
                PlainHttp.json(
                    new SubmitBatch(Stream.generate(() -> REQUEST).limit(runs).toList())));
    http.call("POST", "/v1/runs/batch", "", batch, SubmitBatch.Answers.class);
  }

  void list(String filter) {
    http.call("GET", "/v1/runs?limit=50" + filter, "", null, Object.class);
  }

  Worker worker() {
    var catalog = new CatalogDocument(List.of(declaration()), Map.of());
    var request =
        new SessionRequest(
            "bench", "1", SessionRequest.PROTOCOL, List.of(QUEUE), 1, Json.hash(catalog), catalog);
    var opened = http.call("POST", "/v1/sessions", "", request, SessionAnswer.class);
    return new Worker(http, "/v1/sessions/" + opened.id(), opened.secret());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> declaration() {
    var output =
        new OutputDeclaration(
            "result",
            AssetKey.of("bench/nothing"),
            DeclaredType.of("java.lang.Long"),
            false,
            "default",
            "",
            Map.of(),
            Map.of());
    var asset =
        new AssetDeclaration(
            "bench/nothing",
            "Bench.nothing",
            "bench",
            QUEUE,
            "",
            Map.of(),
            0,
            Set.of(),
            List.of(),
            List.of(output),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            1,
            Duration.ofSeconds(1),
            1,
            Optional.empty());
    return (Map<String, Object>) (Map<String, ?>) DeclarationData.of(asset);
  }

  /** A session. */
  record Worker(PlainHttp http, String path, String secret) implements AutoCloseable {
    List<Lease> claim(int max, Duration wait) {
      return http.call(
              "POST",
              path + "/claim",
              secret,
              new ClaimRequest(max, wait.toMillis()),
              ClaimAnswer.class)
          .leases();
    }

    /** Ends the leases, and gets so many others. */
    List<Lease> complete(List<Lease> leases, int next) {
      var ends =
          leases.stream()
              .map(
                  lease ->
                      new Completion(
                          lease.leaseId(), lease.runId(), "succeeded", false, Map.of(), null))
              .toList();
      return http.call(
              "POST",
              path + "/complete",
              secret,
              new CompleteRequest(ends, next),
              CompleteAnswer.class)
          .leases();
    }

    @Override
    public void close() {
      http.call("DELETE", path, secret, null, Object.class);
    }
  }
}
