package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.Lease;
import io.stowage.protocol.MarkAnswer;
import io.stowage.protocol.MarkRequest;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.RemovalsAnswer;
import io.stowage.protocol.RemovalsRequest;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SweepOptions;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sweep leaves what runs have stored that a live run goes on from, however many lie between. */
@QuarkusTest
@Tag("C51")
@Tag("C35")
class ResumedRunRemovalsIT {
  private static final SweepOptions ONE =
      new SweepOptions(1, Duration.ZERO, false, Duration.ZERO, Duration.ZERO);

  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;
  private ScriptedWorker worker;

  @BeforeEach
  void takeAQueueWhileNothingElseRuns() {
    database.query("DELETE FROM stowage.live"); // other tests leave attempts under way
    queue = QueueUnderTest.at(base, database);
    worker = queue.sweeper();
  }

  private UUID again(UUID run, String from) {
    return queue
        .client()
        .call(
            "POST",
            "/v1/runs/" + run + "/retry?from=" + from,
            null,
            SubmitAnswer.class,
            QueueUnderTest.TIMEOUT)
        .id();
  }

  /** Submits a run, which commits the output and fails. */
  private UUID failing(String output) {
    UUID run = queue.submit();
    Lease lease = worker.claim();
    worker.commit(lease, output.isEmpty() ? ofOp(run) : output, "");
    worker.fail(lease, false);
    return run;
  }

  private void failsAgain(UUID run) {
    Lease lease = worker.claim();
    assertThat(lease.runId()).isEqualTo(run);
    worker.fail(lease, false);
  }

  private void replaced() {
    queue.submit();
    Lease lease = worker.claim();
    worker.commit(lease, queue.key("raw"), "");
    worker.succeed(lease);
  }

  private Lease sweep() {
    queue.submit(queue.asking(RunKind.SWEEP, Map.of(), List.of(), "raw"));
    return worker.claim();
  }

  private RemovalsRequest request(Lease lease, String asset) {
    return new RemovalsRequest(lease.runId(), asset, List.of(), ONE, false, false, null);
  }

  private List<MaterializationView> removable(Lease lease, RemovalsRequest request) {
    return worker.under(lease, "removals", request, RemovalsAnswer.class).items();
  }

  private List<UUID> marked(Lease lease, RemovalsRequest request, List<UUID> ids) {
    return worker.under(lease, "removed", new MarkRequest(request, ids), MarkAnswer.class).marked();
  }

  private UUID stored(UUID run) {
    return database
        .first("SELECT id FROM stowage.materialization WHERE run_id = $1", run)
        .orElseThrow()
        .getUUID("id");
  }

  @Test
  void keepsWhatALiveRunGoesOnFromThroughAnother() {
    UUID first = failing(queue.key("raw"));
    replaced();
    UUID second = again(first, "failure");
    failsAgain(second);
    Lease lease = sweep();
    UUID third = again(second, "failure");
    var request = request(lease, queue.key("raw"));

    assertThat(removable(lease, request)).isEmpty();
    assertThat(marked(lease, request, List.of(stored(first)))).isEmpty();

    Lease resumed = worker.claim();
    assertThat(resumed.runId()).isEqualTo(third);
    assertThat(resumed.committed()).hasSize(1);
    worker.succeed(resumed);
    assertThat(removable(lease, request))
        .extracting(MaterializationView::runId)
        .containsExactly(first);
  }

  private static String ofOp(UUID run) {
    return "@runs/" + run + "/job/op/result/k";
  }

  @Test
  void keepsWhatAnOpHasStoredInARunThatALiveOneGoesOnFromThroughAnother() {
    UUID first = failing("");
    UUID second = again(first, "failure");
    failsAgain(second);
    String job = "job" + UUID.randomUUID();
    String asset = "@runs/*/" + job + "/op/result";
    database.query(
        "UPDATE stowage.materialization SET asset = replace(asset, '/job/', '/' || $2 || '/') WHERE"
            + " run_id = $1",
        first,
        job);
    database.query(
        "UPDATE stowage.run SET spec = jsonb_set(spec, '{job_name}', to_jsonb($2::text)) WHERE id ="
            + " ANY ($1)",
        new UUID[] {first, second},
        job);
    Lease lease = sweep();
    again(second, "failure");
    var request = request(lease, asset);

    assertThat(removable(lease, request)).isEmpty();
    assertThat(marked(lease, request, List.of(stored(first)))).isEmpty();

    worker.succeed(worker.claim());
    assertThat(removable(lease, request)).hasSize(1);
  }

  @Test
  void endsWhereRunsNameEachOther() {
    UUID first = failing(queue.key("raw"));
    replaced();
    Lease lease = sweep();
    UUID second = again(first, "failure");
    database.query("UPDATE stowage.run SET retry_of = $2 WHERE id = $1", first, second);

    assertThat(removable(lease, request(lease, queue.key("raw")))).isEmpty();
  }
}
