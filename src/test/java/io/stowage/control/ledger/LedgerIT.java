package io.stowage.control.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.protocol.AssetView;
import io.stowage.protocol.CatalogPush;
import io.stowage.protocol.Json;
import io.stowage.protocol.LatestRequest;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitBatch;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept, as it is shown. */
@QuarkusTest
class LedgerIT {
  private static final JavaType RUNS =
      Json.reader().getTypeFactory().constructParametricType(Page.class, RunView.class);
  private static final JavaType STORED =
      Json.reader().getTypeFactory().constructParametricType(Page.class, MaterializationView.class);

  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
  }

  @Test
  void listsRunsFromNewToOldPageByPage() {
    var submitted = new ArrayList<UUID>();
    for (int i = 0; i < 5; i++) {
      submitted.addFirst(queue.submit());
    }
    var listed = new ArrayList<UUID>();
    String cursor = "";
    do {
      Page<RunView> page = get("/v1/runs?limit=2&queue=" + queue.name() + cursor, RUNS);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
      page.items().forEach(run -> listed.add(run.id()));
      cursor = page.cursor() == null ? "" : "&cursor=" + page.cursor();
    } while (!cursor.isEmpty());
    assertThat(listed).containsExactlyInAnyOrderElementsOf(submitted).doesNotHaveDuplicates();
  }

  @Test
  void narrowsAListOfRunsByState() {
    UUID done = queue.submit();
    var worker = queue.worker();
    worker.succeed(worker.claim());
    UUID waiting = queue.submit();
    Page<RunView> succeeded = get("/v1/runs?state=succeeded&queue=" + queue.name(), RUNS);
    Page<RunView> queued = get("/v1/runs?state=queued&queue=" + queue.name(), RUNS);
    Page<RunView> live = get("/v1/runs?state=live&queue=" + queue.name(), RUNS);
    assertThat(succeeded.items()).extracting(RunView::id).containsExactly(done);
    assertThat(queued.items()).extracting(RunView::id).containsExactly(waiting);
    assertThat(live.items()).extracting(RunView::id).containsExactly(waiting);
  }

  @Test
  void keepsAllOfAMaterialization() {
    UUID run = queue.submit(queue.asking("town", "Basel"));
    var worker = queue.worker();
    var lease = worker.claim();
    var answer = worker.commit(lease, queue.key("town"), "Basel");
    Page<MaterializationView> page =
        get("/v1/materializations?asset=" + queue.key("town") + "&partition=Basel", STORED);
    assertThat(page.items())
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.id()).isEqualTo(answer.materializationId());
              assertThat(stored.runId()).isEqualTo(run);
              assertThat(stored.partition()).isEqualTo("Basel");
              assertThat(stored.bytes()).isEqualTo(10);
              assertThat(stored.rows()).isEqualTo(2);
              assertThat(stored.checksum()).isEqualTo("sha256:00");
              assertThat(stored.metadata().get("rows"))
                  .containsEntry("type", "int")
                  .containsEntry("value", 2);
              assertThat(stored.current()).isTrue();
            });
  }

  @Test
  void tellsAWorkerWhatIsCurrent() {
    var worker = queue.worker();
    for (String town : List.of("Basel", "Chur", "Basel")) {
      queue.submit(queue.asking("town", town));
      var lease = worker.claim();
      worker.commit(lease, queue.key("town"), town);
      worker.succeed(lease);
    }
    var request = new LatestRequest(queue.key("town"), List.of("Basel", "Chur", "Davos"));
    var latest =
        queue
            .client()
            .with("Stowage-Session", worker.secret())
            .call(
                "POST",
                "/v1/sessions/" + worker.session() + "/materializations",
                request,
                MaterializationView[].class,
                QueueUnderTest.TIMEOUT);
    assertThat(latest)
        .extracting(MaterializationView::partition)
        .containsExactlyInAnyOrder("Basel", "Chur");
    assertThat(latest).allMatch(MaterializationView::current);

    var asset =
        queue
            .client()
            .call(
                "GET",
                "/v1/asset?key=" + queue.key("town"),
                null,
                AssetView.class,
                QueueUnderTest.TIMEOUT);
    assertThat(asset.materializedPartitions()).isEqualTo(2);
    assertThat(asset.latest()).isNotNull();
    assertThat(asset.partitions()).isNotNull();
  }

  @Test
  void listsThePartitionsOfAnAsset() {
    var partitions =
        queue
            .client()
            .call(
                "GET",
                "/v1/partitions?asset=" + queue.key("town"),
                null,
                String[].class,
                QueueUnderTest.TIMEOUT);
    assertThat(partitions).containsExactly("Basel", "Chur", "Davos");
  }

  @Test
  void aPushedCatalogIsEnoughToSubmit() {
    String other = queue.name() + ".pushed";
    var push = new CatalogPush(List.of(other), Json.hash(queue.catalog()), queue.catalog());
    queue.client().call("PUT", "/v1/catalogs", push, Object.class, QueueUnderTest.TIMEOUT);
    var batch =
        new SubmitBatch(
            List.of(
                io.stowage.protocol.SubmitRequest.of(List.of(queue.key("raw")))
                    .queue(other)
                    .build(),
                queue.asking("nothing", null)));
    var answers =
        queue
            .client()
            .call(
                "POST", "/v1/runs/batch", batch, SubmitBatch.Answers.class, QueueUnderTest.TIMEOUT)
            .answers();
    assertThat(answers).extracting(SubmitBatch.Answer::status).containsExactly(201, 422);
    assertThat(queue.run(answers.getFirst().run().id()).queue()).isEqualTo(other);
    assertThat(answers.getLast().problem().code()).isEqualTo("unknown_asset");
  }

  private <T> Page<T> get(String path, JavaType type) {
    return queue.client().call("GET", path, null, type, QueueUnderTest.TIMEOUT);
  }
}
