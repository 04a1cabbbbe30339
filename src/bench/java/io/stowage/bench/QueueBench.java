package io.stowage.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs of an asset that does nothing, through a control plane and a worker that run already ({@code
 * STOWAGE_CONTROL_URL}): how long one waits on an idle worker, how many a second it takes, and
 * beside it the same rows written by plain SQL, in a schema of its own in the same database ({@code
 * QUARKUS_DATASOURCE_JDBC_URL} and so on).
 */
final class QueueBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH = 4;
  private static final String RUNS = "/v1/runs";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String control =
      System.getenv().getOrDefault("STOWAGE_CONTROL_URL", "http://127.0.0.1:8080");

  static void run(int count) throws Exception {
    var bench = new QueueBench();
    bench.latency(count);
    for (int round = 0; round < 3; round++) {
      double ours = bench.throughput(5 * count);
      double raw = rawThroughput(5 * count);
      System.out.printf(
          "%,d runs: %.0f a second; raw SQL in batches of %d: %.0f a second; ratio %.2f%n",
          5 * count, ours, BATCH, raw, ours / raw);
    }
  }

  private void latency(int count) throws Exception {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < count; i++) {
      String run = submit();
      awaitEnd(run);
      Map<String, Instant> at = new java.util.HashMap<>();
      for (JsonNode event : call("GET", RUNS + "/" + run + "/events", null)) {
        at.putIfAbsent(event.get("type").asText(), Instant.parse(event.get("at").asText()));
      }
      millis.add(Duration.between(at.get("submitted"), at.get("claimed")).toNanos() / 1e6);
    }
    System.out.printf(
        "%,d runs on an idle worker, submit to start: median %.1f ms, 99%% within %.1f ms%n",
        count, Rounds.median(millis), Rounds.percentile(millis, 99));
  }

  private double throughput(int count) throws Exception {
    long start = System.nanoTime();
    var runs = new ArrayList<String>();
    try (var threads = java.util.concurrent.Executors.newFixedThreadPool(BATCH)) {
      var submitted = new ArrayList<java.util.concurrent.Future<String>>();
      for (int i = 0; i < count; i++) {
        submitted.add(threads.submit(this::submit));
      }
      for (var each : submitted) {
        runs.add(each.get());
      }
    }
    awaitEnd(runs.getLast());
    for (String run : runs) {
      awaitEnd(run);
    }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private String submit() throws IOException, InterruptedException {
    return call("POST", RUNS, "{\"assets\":[\"bench/nothing\"]}").get("id").asText();
  }

  private void awaitEnd(String run) throws IOException, InterruptedException {
    while (true) {
      String state = call("GET", RUNS + "/" + run, null).get("state").asText();
      if (state.equals("succeeded")) {
        return;
      }
      if (List.of("failed", "dead", "canceled", "expired").contains(state)) {
        throw new IllegalStateException("run " + run + " is " + state);
      }
      Thread.sleep(5);
    }
  }

  private JsonNode call(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(control + path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** A run is submitted, claimed, committed and completed, each in a transaction of its own. */
  private static double rawThroughput(int count) throws SQLException {
    var environment = System.getenv();
    try (Connection sql =
        DriverManager.getConnection(
            environment.getOrDefault("QUARKUS_DATASOURCE_JDBC_URL", ""),
            environment.get("QUARKUS_DATASOURCE_USERNAME"),
            environment.get("QUARKUS_DATASOURCE_PASSWORD"))) {
      try (var statement = sql.createStatement()) {
        statement.execute(
            """
            DROP SCHEMA IF EXISTS stowage_bench CASCADE; CREATE SCHEMA stowage_bench;
            CREATE TABLE stowage_bench.run (id uuid PRIMARY KEY, spec jsonb NOT NULL, outcome smallint);
            CREATE TABLE stowage_bench.live (run_id uuid PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, state smallint NOT NULL, lease_id uuid);
            CREATE INDEX ON stowage_bench.live (seq) WHERE state = 2;
            CREATE TABLE stowage_bench.materialization (id uuid PRIMARY KEY, run_id uuid NOT NULL, asset text NOT NULL, metadata jsonb NOT NULL);
            CREATE TABLE stowage_bench.pointer (asset text PRIMARY KEY, materialization uuid NOT NULL);
            CREATE TABLE stowage_bench.event (run_id uuid NOT NULL, n bigint NOT NULL, type text NOT NULL, PRIMARY KEY (run_id, n))""");
      }
      long start = System.nanoTime();
      for (int i = 0; i < count; i += BATCH) {
        lifecycle(sql);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      try (var statement = sql.createStatement()) {
        statement.execute("DROP SCHEMA stowage_bench CASCADE");
      }
      return count / seconds;
    }
  }

  private static void lifecycle(Connection sql) throws SQLException {
    for (int i = 0; i < BATCH; i++) {
      try (var submit =
          sql.prepareStatement(
              """
              WITH r AS (INSERT INTO stowage_bench.run (id, spec) VALUES (?, '{"assets":["bench/nothing"]}') RETURNING id),
                l AS (INSERT INTO stowage_bench.live (run_id, state) SELECT id, 2 FROM r)
              INSERT INTO stowage_bench.event SELECT id, 1, 'submitted' FROM r""")) {
        submit.setObject(1, UUID.randomUUID());
        submit.execute();
      }
    }
    var runs = new ArrayList<UUID>();
    try (var claim =
        sql.prepareStatement(
            """
            WITH c AS (SELECT run_id FROM stowage_bench.live WHERE state = 2 ORDER BY seq LIMIT ? FOR NO KEY UPDATE SKIP LOCKED),
              u AS (UPDATE stowage_bench.live l SET state = 3, lease_id = gen_random_uuid() FROM c WHERE l.run_id = c.run_id RETURNING l.run_id),
              e AS (INSERT INTO stowage_bench.event SELECT run_id, 2, 'claimed' FROM u)
            SELECT run_id FROM u""")) {
      claim.setInt(1, BATCH);
      try (var rows = claim.executeQuery()) {
        while (rows.next()) {
          runs.add(rows.getObject(1, UUID.class));
        }
      }
    }
    for (UUID run : runs) {
      commit(sql, run);
    }
    try (var complete =
        sql.prepareStatement(
            """
            WITH d AS (DELETE FROM stowage_bench.live WHERE run_id = ANY (?) RETURNING run_id),
              e AS (INSERT INTO stowage_bench.event SELECT run_id, 4, 'succeeded' FROM d)
            UPDATE stowage_bench.run r SET outcome = 1 FROM d WHERE r.id = d.run_id""")) {
      complete.setArray(1, sql.createArrayOf("uuid", runs.toArray()));
      complete.execute();
    }
  }

  private static void commit(Connection sql, UUID run) throws SQLException {
    try (PreparedStatement commit =
        sql.prepareStatement(
            """
            WITH m AS (INSERT INTO stowage_bench.materialization VALUES (gen_random_uuid(), ?, 'bench/nothing', '{}') RETURNING id, run_id),
              e AS (INSERT INTO stowage_bench.event SELECT run_id, 3, 'materialized' FROM m)
            INSERT INTO stowage_bench.pointer SELECT 'bench/nothing', id FROM m
            ON CONFLICT (asset) DO UPDATE SET materialization = excluded.materialization""")) {
      commit.setObject(1, run);
      commit.execute();
    }
  }
}
