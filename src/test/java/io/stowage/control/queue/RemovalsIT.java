package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JavaType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.DeletedRequest;
import io.stowage.protocol.Json;
import io.stowage.protocol.KnownObjectsAnswer;
import io.stowage.protocol.KnownObjectsAnswer.Standing;
import io.stowage.protocol.KnownObjectsRequest;
import io.stowage.protocol.KnownObjectsRequest.Asked;
import io.stowage.protocol.LatestRequest;
import io.stowage.protocol.Lease;
import io.stowage.protocol.MarkAnswer;
import io.stowage.protocol.MarkRequest;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
import io.stowage.protocol.RemovalsAnswer;
import io.stowage.protocol.RemovalsRequest;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.StoredAnswer;
import io.stowage.protocol.StoredRequest;
import io.stowage.protocol.SweepOptions;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the ledger lets a sweep and a wipe remove. */
@QuarkusTest
@Tag("C51")
class RemovalsIT {
  private static final JavaType STORED =
      Json.reader().getTypeFactory().constructParametricType(Page.class, MaterializationView.class);
  private static final SweepOptions AT_ONCE =
      new SweepOptions(3, Duration.ZERO, false, Duration.ZERO, Duration.ZERO);

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

  private MaterializationView stored(String asset, String partition) {
    queue.submit(queue.asking(asset, partition.isEmpty() ? null : partition));
    Lease lease = worker.claim();
    worker.commit(lease, queue.key(asset), partition);
    worker.succeed(lease);
    return history(asset).getFirst();
  }

  private List<MaterializationView> history(String asset) {
    Page<MaterializationView> page =
        queue
            .client()
            .call(
                "GET",
                "/v1/materializations?limit=200&asset=" + queue.key(asset),
                null,
                STORED,
                QueueUnderTest.TIMEOUT);
    return page.items();
  }

  private Lease leased(RunKind kind, Map<String, Object> options, String... assets) {
    queue.submit(queue.asking(kind, options, List.of(), assets));
    return worker.claim();
  }

  private RemovalsRequest request(Lease lease, String asset, SweepOptions options) {
    return new RemovalsRequest(
        lease.runId(), queue.key(asset), List.of(), options, false, false, null);
  }

  private RemovalsRequest wipe(Lease lease, String asset, String... partitions) {
    return new RemovalsRequest(
        lease.runId(), queue.key(asset), List.of(partitions), AT_ONCE, true, false, null);
  }

  private RemovalsRequest leftovers(Lease lease, String asset) {
    return new RemovalsRequest(
        lease.runId(), queue.key(asset), List.of(), AT_ONCE, false, true, null);
  }

  private List<UUID> removable(Lease lease, RemovalsRequest request) {
    return ids(worker.under(lease, "removals", request, RemovalsAnswer.class).items());
  }

  private MarkAnswer mark(Lease lease, RemovalsRequest request, List<UUID> ids) {
    return worker.under(lease, "removed", new MarkRequest(request, ids), MarkAnswer.class);
  }

  private static List<UUID> ids(List<MaterializationView> views) {
    return views.stream().map(MaterializationView::id).toList();
  }

  @Test
  void keepsTheLastOfEachPartition() {
    var basel = new ArrayList<MaterializationView>();
    for (int i = 0; i < 5; i++) {
      basel.add(stored("town", "Basel"));
    }
    stored("town", "Chur");
    Lease lease = leased(RunKind.SWEEP, Map.of(), "town");

    var answer =
        worker.under(lease, "removals", request(lease, "town", AT_ONCE), RemovalsAnswer.class);

    assertThat(answer.total()).isEqualTo(6);
    assertThat(answer.bytes()).isEqualTo(60);
    assertThat(ids(answer.items())).containsExactly(basel.get(0).id(), basel.get(1).id());
    assertThat(answer.cursor()).isNull();
  }

  private UUID ofAJob(String job, String step, String output) {
    queue.submit(queue.asking("raw", null));
    Lease lease = worker.claim();
    worker.commit(
        lease, "@runs/" + lease.runId() + "/" + job + "/" + step + "/" + output + "/k", "");
    worker.succeed(lease);
    database.query(
        "UPDATE stowage.run SET spec = jsonb_set(spec, '{job_name}', to_jsonb($2::text)) WHERE id = $1",
        lease.runId(),
        job);
    return lease.runId();
  }

  @Test
  void keepsWhatTheLastRunsOfAJobHaveStored() {
    String job = "job" + UUID.randomUUID();
    var runs = new ArrayList<UUID>();
    for (int i = 0; i < 4; i++) {
      runs.add(ofAJob(job, "count", "result"));
    }
    ofAJob(job + "er", "count", "result");
    Lease lease = leased(RunKind.SWEEP, Map.of());
    var ofOp =
        new RemovalsRequest(
            lease.runId(),
            "@runs/*/" + job + "/count/result",
            List.of(),
            AT_ONCE,
            false,
            false,
            null);

    var answer = worker.under(lease, "removals", ofOp, RemovalsAnswer.class);
    assertThat(answer.total()).isEqualTo(4);
    assertThat(answer.items().stream().map(MaterializationView::runId))
        .containsExactly(runs.getFirst());
    assertThat(answer.cursor()).isNull();

    var marked = mark(lease, ofOp, ids(answer.items()));
    assertThat(marked.marked()).isEqualTo(ids(answer.items()));
    assertThat(marked.deletable()).isTrue();
    assertThat(removable(lease, ofOp)).isEmpty();
    var left =
        new RemovalsRequest(lease.runId(), ofOp.asset(), List.of(), AT_ONCE, false, true, null);
    assertThat(removable(lease, left)).isEqualTo(ids(answer.items()));
  }

  @Test
  void whatCameAfterAWipeIsCurrentWhateverItsFence() {
    queue.submit(queue.asking("raw", null));
    Lease late = worker.claim();
    MaterializationView newer = stored("raw", "");
    Lease wiping = leased(RunKind.WIPE, Map.of(), "raw");
    assertThat(mark(wiping, wipe(wiping, "raw"), List.of(newer.id())).marked()).hasSize(1);
    Instant wiped = Instant.now();
    UUID made = worker.commit(late, queue.key("raw"), "").materializationId();
    worker.succeed(late);

    assertThat(at(wiped)).containsExactly(newer.id());
    assertThat(at(Instant.now())).containsExactly(made);
  }

  private List<UUID> at(Instant time) {
    var request = new StoredRequest(queue.key("raw"), null, time, null);
    return ids(
        queue
            .client()
            .call("POST", "/v1/stored", request, StoredAnswer.class, QueueUnderTest.TIMEOUT)
            .materializations());
  }

  @Test
  void keepsWhatIsYoungAndWhatWasReplacedJustNow() {
    for (int i = 0; i < 3; i++) {
      stored("raw", "");
    }
    Lease lease = leased(RunKind.SWEEP, Map.of(), "raw");
    Duration hour = Duration.ofHours(1);
    var young = new SweepOptions(1, hour, false, Duration.ZERO, hour);
    var fresh = new SweepOptions(1, Duration.ZERO, false, hour, hour);
    var old = new SweepOptions(1, Duration.ZERO, false, Duration.ZERO, hour);

    assertThat(removable(lease, request(lease, "raw", young))).isEmpty();
    assertThat(removable(lease, request(lease, "raw", fresh))).isEmpty();
    assertThat(removable(lease, request(lease, "raw", old))).hasSize(2);
  }

  @Test
  void keepsWhatARunUnderWayMayBeReading() {
    MaterializationView read = stored("raw", "");
    queue.submit(queue.asking("town", "Basel"));
    Lease reader = worker.claim();
    MaterializationView unread = stored("raw", "");
    MaterializationView current = stored("raw", "");
    var one = new SweepOptions(1, Duration.ZERO, false, Duration.ZERO, Duration.ZERO);
    Lease lease = leased(RunKind.SWEEP, Map.of(), "raw");

    assertThat(removable(lease, request(lease, "raw", one))).isEmpty();
    assertThat(mark(lease, request(lease, "raw", one), List.of(read.id())).marked()).isEmpty();

    worker.succeed(reader);
    assertThat(removable(lease, request(lease, "raw", one)))
        .containsExactly(read.id(), unread.id())
        .doesNotContain(current.id());
  }

  @Test
  void keepsWhatALiveRunMadeItself() {
    queue.submit(queue.asking("raw", null));
    Lease first = worker.claim();
    worker.commit(first, queue.key("raw"), "");
    worker.fail(first, true); // to be tried again: its output is not made twice
    stored("raw", "");
    var one = new SweepOptions(1, Duration.ZERO, false, Duration.ZERO, Duration.ZERO);
    Lease lease = leased(RunKind.SWEEP, Map.of(), "raw");

    assertThat(removable(lease, request(lease, "raw", one))).isEmpty();
  }

  @Test
  void marksOnceAndShowsItInTheHistory() {
    for (int i = 0; i < 5; i++) {
      stored("raw", "");
    }
    Lease lease = leased(RunKind.SWEEP, Map.of(), "raw");
    var request = request(lease, "raw", AT_ONCE);
    var all = ids(history("raw"));

    MarkAnswer answer = mark(lease, request, all);

    assertThat(answer.marked()).containsExactlyInAnyOrder(all.get(3), all.get(4));
    assertThat(answer.deletable()).isTrue();
    assertThat(mark(lease, request, all).marked()).isEmpty();
    var history = history("raw");
    assertThat(history).hasSize(5);
    assertThat(history.stream().filter(each -> each.removedAt() != null))
        .extracting(MaterializationView::id)
        .containsExactly(all.get(3), all.get(4));
    assertThat(history.getFirst().current()).isTrue();
  }

  @Test
  void findsWhatWasMarkedAndNotDeletedUntilThatIsNoted() {
    for (int i = 0; i < 4; i++) {
      stored("raw", "");
    }
    Lease dying = leased(RunKind.SWEEP, Map.of(), "raw");
    var request = request(dying, "raw", AT_ONCE);
    var marked = mark(dying, request, removable(dying, request)).marked();
    worker.release(dying, "died");
    Lease lease = worker.claim();

    assertThat(removable(lease, leftovers(lease, "raw"))).isEqualTo(marked).hasSize(1);
    worker.under(lease, "deleted", new DeletedRequest(lease.runId(), marked), Object.class);
    assertThat(removable(lease, leftovers(lease, "raw"))).isEmpty();
  }

  @Test
  void aSweepRemovesNeitherAllNorUnderALostLeaseNorInADryRun() {
    var current = List.of(stored("raw", "").id());
    Lease sweep = leased(RunKind.SWEEP, Map.of(), "raw");
    refused(ErrorCode.FORBIDDEN, () -> mark(sweep, wipe(sweep, "raw"), current));
    worker.release(sweep, "again");
    refused(ErrorCode.LEASE_LOST, () -> mark(sweep, request(sweep, "raw", AT_ONCE), current));
    worker.succeed(worker.claim());

    Lease dry = leased(RunKind.WIPE, Map.of("dry-run", true), "raw");
    assertThat(removable(dry, wipe(dry, "raw"))).isEqualTo(current);
    refused(ErrorCode.FORBIDDEN, () -> mark(dry, wipe(dry, "raw"), current));

    queue.submit();
    Lease asset = worker.claim();
    refused(ErrorCode.FORBIDDEN, () -> removable(asset, request(asset, "raw", AT_ONCE)));
    assertThat(history("raw").getFirst().current()).isTrue();
  }

  private static void refused(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StowageException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aWipeLeavesNothingToBeRead() {
    stored("town", "Basel");
    stored("town", "Basel");
    stored("town", "Chur");
    Lease lease = leased(RunKind.WIPE, Map.of(), "town");
    var basel = wipe(lease, "town", "Basel");

    assertThat(mark(lease, basel, removable(lease, basel)).marked()).hasSize(2);

    assertThat(latest("town", "Basel", "Chur"))
        .extracting(MaterializationView::partition)
        .containsExactly("Chur");
    assertThat(history("town").stream().filter(MaterializationView::current)).hasSize(1);
    MaterializationView again = stored("town", "Basel");
    assertThat(latest("town", "Basel"))
        .extracting(MaterializationView::id)
        .containsExactly(again.id());
  }

  private List<MaterializationView> latest(String asset, String... partitions) {
    return List.of(
        queue
            .client()
            .with("Stowage-Session", worker.secret())
            .call(
                "POST",
                "/v1/sessions/" + worker.session() + "/materializations",
                new LatestRequest(queue.key(asset), List.of(partitions)),
                MaterializationView[].class,
                QueueUnderTest.TIMEOUT));
  }

  @Test
  void aWipeLeavesTheObjectsToRunsUnderWay() {
    MaterializationView read = stored("raw", "");
    queue.submit(queue.asking("town", "Basel"));
    Lease reader = worker.claim();
    Lease lease = leased(RunKind.WIPE, Map.of(), "raw");

    MarkAnswer answer = mark(lease, wipe(lease, "raw"), List.of(read.id()));

    assertThat(answer.marked()).containsExactly(read.id());
    assertThat(answer.deletable()).isFalse();
    assertThat(removable(lease, leftovers(lease, "raw"))).isEmpty();
    assertThat(standings(lease, new Asked(read.location(), null, null)))
        .containsExactly(Standing.NAMED);
    worker.succeed(reader);
    assertThat(removable(lease, leftovers(lease, "raw"))).containsExactly(read.id());
  }

  @Test
  void knowsWhoseAnObjectIs() {
    MaterializationView named = stored("raw", "");
    queue.submit();
    Lease writing = worker.claim();
    UUID over = UUID.randomUUID();
    Lease lease = leased(RunKind.SWEEP, Map.of(), "raw");

    assertThat(
            standings(
                lease,
                new Asked(named.location(), null, null),
                new Asked("memory:x/1", writing.runId(), writing.leaseId()),
                new Asked("memory:x/2", writing.runId(), null),
                new Asked("memory:x/3", writing.runId(), over),
                new Asked("memory:x/4", named.runId(), null),
                new Asked("memory:x/5", UUID.randomUUID(), over),
                new Asked("memory:x/6", null, null)))
        .containsExactly(
            Standing.NAMED,
            Standing.BUSY,
            Standing.BUSY,
            Standing.UNCLAIMED,
            Standing.UNCLAIMED,
            Standing.FOREIGN,
            Standing.FOREIGN);
    assertThat(standings(lease)).isEmpty();
  }

  private List<Standing> standings(Lease lease, Asked... asked) {
    return worker
        .under(
            lease,
            "known-objects",
            new KnownObjectsRequest(lease.runId(), List.of(asked)),
            KnownObjectsAnswer.class)
        .standings()
        .stream()
        .map(Standing::of)
        .toList();
  }

  @Test
  void givesAnObjectThatSeveralNameOnlyWithTheLast() {
    queue.submit(queue.asking("raw", null));
    Lease first = worker.claim();
    var output = ScriptedWorker.output(first, queue.key("raw"), "");
    worker.commit(first, output);
    worker.succeed(first);
    stored("raw", "");
    database.query(
        "UPDATE stowage.materialization SET location = $1 WHERE asset = $2",
        output.location(),
        queue.key("raw"));
    var one = new SweepOptions(1, Duration.ZERO, false, Duration.ZERO, Duration.ZERO);
    Lease lease = leased(RunKind.SWEEP, Map.of(), "raw");

    assertThat(removable(lease, request(lease, "raw", one))).isEmpty();
    assertThat(removable(lease, wipe(leaseOfAWipe(lease), "raw"))).hasSize(2);
  }

  private Lease leaseOfAWipe(Lease sweep) {
    database.query("UPDATE stowage.live SET kind = 'wipe' WHERE run_id = $1", sweep.runId());
    return sweep;
  }

  @Test
  void goesThroughManyPartitionsPageByPage() {
    database.query(
        """
        WITH m AS (
          INSERT INTO stowage.materialization (id, commit_id, run_id, lease_id, fence, step, output, asset, partition_key,
            location, bytes, row_count, metadata, inputs, committed_at)
          SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), n, 's', 'result', $1, 'p' || p,
            'memory:' || p || '/' || n, 1, 1, '{}', '{"read": []}', clock_timestamp() - interval '1 day'
          FROM generate_series(1, 250) p, generate_series(1, 4) n RETURNING id, partition_key, fence)
        INSERT INTO stowage.asset_partition (asset, partition_key, fence, lease_id, materialization_id)
        SELECT $1, partition_key, fence, gen_random_uuid(), id FROM m WHERE fence = 4""",
        queue.key("town"));
    Lease lease = leased(RunKind.SWEEP, Map.of(), "town");
    var two = new SweepOptions(2, Duration.ZERO, false, Duration.ZERO, Duration.ZERO);
    var found = new ArrayList<UUID>();
    String cursor = null;
    do {
      var answer =
          worker.under(
              lease,
              "removals",
              new RemovalsRequest(
                  lease.runId(), queue.key("town"), List.of(), two, false, false, cursor),
              RemovalsAnswer.class);
      assertThat(answer.total()).isEqualTo(1000);
      found.addAll(ids(answer.items()));
      cursor = answer.cursor();
    } while (cursor != null);
    assertThat(found).hasSize(500).doesNotHaveDuplicates();
  }
}
