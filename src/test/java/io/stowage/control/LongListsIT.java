package io.stowage.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.control.database.Database;
import io.stowage.control.ledger.Runs;
import io.stowage.protocol.RunView;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long lists and pages take to come with 10,000 runs and 10,000 partitions. */
@QuarkusTest
class LongListsIT {
  private static final System.Logger LOG = System.getLogger(LongListsIT.class.getName());
  private static final int BATCH = 1_000;
  private static final int CITIES = 10;
  private static final int DAYS = 1_000;
  private static final String STORED =
      """
      WITH made AS (
        INSERT INTO stowage.materialization (id, commit_id, run_id, lease_id, fence, step, output, asset, partition_key,
          location, bytes, row_count, metadata, inputs)
        SELECT stowage.uuid_at(now() - place * interval '1 ms'), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 't/cells', 'result', 't/cells', key,
          'memory:test/' || key, 10, 1, '{"rows": {"type": "int", "value": 1}}',
          jsonb_build_object('read', jsonb_build_array(
            jsonb_build_object('input', 'before', 'asset', 't/cells', 'partition', key,
              'materialization', gen_random_uuid(), 'location', 'memory:test/' || key, 'rows', 1)))
        FROM unnest($1::text[]) WITH ORDINALITY k (key, place) RETURNING id, lease_id, partition_key)
      INSERT INTO stowage.asset_partition (asset, partition_key, fence, lease_id, materialization_id)
      SELECT 't/cells', partition_key, 1, lease_id, id FROM made\
      """;

  private static final String RUN_OF_A_JOB =
      """
      INSERT INTO stowage.run (id, queue_id, spec, priority, submitted_by, outcome, finished_at)
      SELECT stowage.uuid_at(now()), id,
        '{"job_name": "early", "assets": [], "partitions": [], "overrides": {}, "tags": {}, "kind": "asset", "options": {}}',
        5, 'test', 1, clock_timestamp()
      FROM stowage.queue WHERE name = $1 RETURNING id\
      """;

  @Inject Database database;

  @Test
  void comeAtOnce() {
    var cells =
        PartitionsDefinition.multi(
            Map.of(
                "city",
                PartitionsDefinition.ofStatic(
                    IntStream.range(0, CITIES).mapToObj(i -> "c" + i).toArray(String[]::new)),
                "date",
                PartitionsDefinition.daily("2020-01-01").until("2022-09-27")));
    var worker =
        new FakeWorker("q" + UUID.randomUUID(), Map.of("cells", Optional.of(cells))).open();
    List<String> keys =
        given().get("/v1/partition-states?asset=t/cells").jsonPath().getList("keys");
    assertThat(keys).hasSize(CITIES * DAYS);
    database.query(STORED, (Object) keys.toArray(String[]::new));
    UUID early = database.query(RUN_OF_A_JOB, worker.queue).getFirst().getUUID("id");
    for (int from = 0; from < keys.size(); from += BATCH) {
      var runs =
          keys.subList(from, from + BATCH).stream()
              .map(
                  key ->
                      Map.of("assets", List.of("t/cells"), "partition", key, "queue", worker.queue))
              .toList();
      FakeWorker.post("/v1/runs/batch", Map.of("runs", runs)).then().statusCode(200);
    }
    assertThat(given().get("/v1/queues/" + worker.queue + "/stats").jsonPath().getInt("queued"))
        .isEqualTo(keys.size());
    // as autovacuum does within the minute where so much is stored
    List.of("materialization", "asset_partition", "live", "run")
        .forEach(table -> database.query("ANALYZE stowage." + table));
    await().until(() -> stale() == keys.size());
    assertThat(new Runs(database).ofJob(worker.queue, "early", 1))
        .as("behind ten thousand others")
        .extracting(RunView::id)
        .containsExactly(early);
    for (String path :
        List.of(
            "/runs",
            "/runs?queue=" + worker.queue + "&state=queued",
            "/v1/runs?limit=50",
            "/assets",
            "/v1/asset-status",
            "/assets/t/cells",
            "/v1/partition-states?asset=t/cells",
            "/v1/materializations?asset=t/cells",
            "/v1/metadata-series?asset=t/cells&label=rows",
            "/queues",
            "/io")) {
      measure(path, worker);
    }
  }

  private static int stale() {
    return given()
        .get("/v1/asset-status")
        .jsonPath()
        .getInt("find { it.asset == 't/cells' }.stale");
  }

  /** The bar, 100 ms, is for who reads the log: a busy machine must not fail a build. */
  private static void measure(String path, FakeWorker worker) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 12; i++) {
      long start = System.nanoTime();
      given().get(path).then().statusCode(200);
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    LOG.log(
        Level.INFO,
        "LongListsIT: {0}: {1} ms, best of twelve",
        path.replace(worker.queue, "q"),
        Math.round(best));
    assertThat(best).isLessThan(10_000);
  }
}
