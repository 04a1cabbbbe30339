package io.stowage.control.queue;

import static io.stowage.control.queue.RunLifecycleIT.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.ErrorCode;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.Lease;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who holds a lease may write, and nobody else; what is repeated is written once. */
@QuarkusTest
class LeaseGuardIT {
  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;
  private ScriptedWorker worker;
  private Lease lease;

  @BeforeEach
  void claimARun() {
    queue = QueueUnderTest.at(base, database);
    queue.submit();
    worker = queue.worker();
    lease = worker.claim();
  }

  @Test
  void refusesAForgedLease() {
    Lease forged = withId(UUID.randomUUID());
    refused(ErrorCode.LEASE_LOST, () -> worker.commit(forged, queue.key("raw"), ""));
    refused(ErrorCode.LEASE_LOST, () -> worker.event(forged, "hello"));
    refused(ErrorCode.LEASE_LOST, () -> worker.release(forged, "why not"));
    assertThat(worker.succeed(forged)).isEqualTo("lease_lost");
    assertThat(worker.fail(forged, true)).isEqualTo("lease_lost");
    assertThat(queue.stateOf(lease.runId())).isEqualTo("running");
    assertThat(stored()).isEmpty();
  }

  @Test
  void refusesALeaseOfAnotherSession() {
    var other = queue.worker();
    refused(ErrorCode.LEASE_LOST, () -> other.commit(lease, queue.key("raw"), ""));
    assertThat(other.succeed(lease)).isEqualTo("lease_lost");
    assertThat(queue.stateOf(lease.runId())).isEqualTo("running");
  }

  @Test
  void refusesAForgedSecret() {
    var forged = worker.forged();
    refused(ErrorCode.FORBIDDEN, () -> forged.claim(1, Duration.ZERO));
    refused(ErrorCode.FORBIDDEN, () -> forged.commit(lease, queue.key("raw"), ""));
    refused(ErrorCode.FORBIDDEN, () -> forged.succeed(lease));
    refused(ErrorCode.FORBIDDEN, forged::close);
    assertThat(queue.stateOf(lease.runId())).isEqualTo("running");
  }

  @Test
  void refusesTheCommitOfWhoLostTheLease() {
    worker.release(lease, "draining");
    Lease newer = worker.claim();
    refused(ErrorCode.LEASE_LOST, () -> worker.commit(lease, queue.key("raw"), ""));
    assertThat(stored()).isEmpty();
    assertThat(worker.commit(newer, queue.key("raw"), "").superseded()).isFalse();
  }

  @Test
  void answersARepeatedCommitAsTheFirst() {
    CommitRequest request = ScriptedWorker.output(lease, queue.key("raw"), "");
    var first = worker.commit(lease, request);
    assertThat(worker.commit(lease, request)).isEqualTo(first);
    worker.succeed(lease);
    assertThat(worker.commit(lease, request)).as("also when the run has ended").isEqualTo(first);
    assertThat(stored()).hasSize(1);
    assertThat(events(lease.runId()))
        .isEqualTo(List.of("submitted", "claimed", "materialized", "succeeded"));
  }

  @Test
  void refusesASecondCommitOfTheSameOutput() {
    worker.commit(lease, queue.key("raw"), "");
    refused(ErrorCode.CONFLICT, () -> worker.commit(lease, queue.key("raw"), ""));
    assertThat(stored()).hasSize(1);
  }

  @Test
  void writesAllOfACommitOrNothing() {
    var whole = ScriptedWorker.output(lease, queue.key("raw"), "");
    var broken =
        new CommitRequest(
            whole.commitId(),
            whole.runId(),
            whole.step(),
            whole.output(),
            whole.asset(),
            whole.partition(),
            whole.location(),
            whole.etag(),
            whole.checksum(),
            whole.bytes(),
            whole.rows(),
            whole.schemaFingerprint(),
            whole.metadata(),
            whole.inputs(),
            List.of(new CommitRequest.Beside("a\0b", Map.of())));
    refused(ErrorCode.INVALID_REQUEST, () -> worker.commit(lease, broken));
    assertThat(stored()).isEmpty();
    assertThat(events(lease.runId())).doesNotContain("materialized");
    assertThat(worker.commit(lease, whole).superseded()).isFalse();
    assertThat(events(lease.runId())).containsOnlyOnce("materialized");
  }

  @Test
  void answersARepeatedCompletionAsTheFirst() {
    assertThat(worker.succeed(lease)).isEqualTo("recorded");
    assertThat(worker.succeed(lease)).isEqualTo("replayed");
    assertThat(worker.fail(lease, true)).as("another outcome").isEqualTo("lease_lost");
    assertThat(queue.stateOf(lease.runId())).isEqualTo("succeeded");
  }

  @Test
  void anOlderRunDoesNotTakeThePointerFromANewer() {
    queue.submit();
    Lease newer = worker.claim();
    assertThat(newer.fence()).isGreaterThan(lease.fence());
    var standing = worker.commit(newer, queue.key("raw"), "");
    assertThat(worker.commit(lease, queue.key("raw"), "").superseded()).isTrue();
    assertThat(stored()).hasSize(2);
    assertThat(stored())
        .filteredOn(MaterializationView::current)
        .extracting(MaterializationView::id)
        .containsExactly(standing.materializationId());
  }

  @Test
  void aNewerRunTakesThePointer() {
    worker.commit(lease, queue.key("raw"), "");
    queue.submit();
    var newer = worker.commit(worker.claim(), queue.key("raw"), "");
    assertThat(newer.superseded()).isFalse();
    assertThat(stored())
        .filteredOn(MaterializationView::current)
        .extracting(MaterializationView::id)
        .containsExactly(newer.materializationId());
  }

  private Lease withId(UUID id) {
    return new Lease(
        id,
        lease.runId(),
        lease.epoch(),
        lease.fence(),
        lease.attempt(),
        lease.run(),
        lease.committed(),
        lease.leftOut(),
        lease.remaining());
  }

  private List<MaterializationView> stored() {
    return materializations(queue, "asset=" + queue.key("raw"));
  }

  static List<MaterializationView> materializations(QueueUnderTest queue, String query) {
    Page<MaterializationView> page =
        queue
            .client()
            .call(
                "GET",
                "/v1/materializations?" + query,
                null,
                MATERIALIZATIONS,
                QueueUnderTest.TIMEOUT);
    return page.items();
  }

  private static final com.fasterxml.jackson.databind.JavaType MATERIALIZATIONS =
      io.stowage.protocol.Json.reader()
          .getTypeFactory()
          .constructParametricType(Page.class, MaterializationView.class);

  private List<String> events(UUID run) {
    return List.of(
            queue
                .client()
                .call(
                    "GET",
                    "/v1/runs/" + run + "/events",
                    null,
                    io.stowage.protocol.RunEvent[].class,
                    QueueUnderTest.TIMEOUT))
        .stream()
        .map(io.stowage.protocol.RunEvent::type)
        .toList();
  }
}
