package io.stowage.control.queue;

import static io.stowage.control.queue.RunLifecycleIT.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.ErrorCode;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.protocol.Lease;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that somebody no longer wants. */
@QuarkusTest
class CancelIT {
  @TestHTTPResource URI base;
  @Inject QueueMetrics metrics;
  @Inject Database database;

  private QueueUnderTest queue;
  private Housekeeping housekeeping;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
    housekeeping =
        new Housekeeping(
            database,
            new Wakeups(new Waiters()),
            metrics,
            Duration.ofSeconds(30),
            System::nanoTime);
  }

  @Test
  void cancelsAtOnceWhatWaits() {
    UUID run = queue.submit();
    assertThat(cancel(run)).containsEntry("state", "canceled");
    assertThat(queue.stateOf(run)).isEqualTo("canceled");
    assertThat(queue.worker().claim(1, Duration.ZERO)).isEmpty();
    refused(ErrorCode.CONFLICT, () -> cancel(run));
  }

  @Test
  void asksTheWorkerToCancelWhatRuns() {
    UUID run = queue.submit();
    var worker = queue.worker();
    Lease lease = worker.claim();
    assertThat(worker.heartbeat(lease.leaseId()).leases()).containsEntry(lease.leaseId(), "ok");
    assertThat(cancel(run)).containsEntry("state", "canceling");
    assertThat(worker.heartbeat(lease.leaseId()).leases()).containsEntry(lease.leaseId(), "cancel");
    assertThat(worker.confirmCancel(lease)).isEqualTo("recorded");
    assertThat(queue.stateOf(run)).isEqualTo("canceled");
  }

  @Test
  void aCommitThatWonTheRaceAgainstACancelStands() {
    UUID run = queue.submit();
    var worker = queue.worker();
    Lease lease = worker.claim();
    cancel(run);
    assertThat(worker.commit(lease, queue.key("raw"), "").superseded()).isFalse();
    assertThat(worker.succeed(lease)).isEqualTo("recorded");
    assertThat(queue.stateOf(run)).isEqualTo("succeeded");
  }

  @Test
  void aRunThatIsBeingCanceledIsCanceledWhenItsWorkerGivesItBack() {
    UUID released = queue.submit();
    var worker = queue.worker();
    Lease lease = worker.claim();
    cancel(released);
    worker.release(lease, "draining");
    assertThat(queue.stateOf(released)).isEqualTo("canceled");

    UUID closed = queue.submit();
    worker.claim();
    cancel(closed);
    worker.close();
    assertThat(queue.stateOf(closed)).isEqualTo("canceled");
  }

  @Test
  void revokesALeaseWhoseWorkerDoesNotHearTheCancel() {
    UUID run = queue.submit();
    var worker = queue.worker();
    Lease lease = worker.claim();
    cancel(run);
    database.query(
        "UPDATE stowage.live SET deadline_at = clock_timestamp() - interval '1 second' WHERE run_id = $1 AND deadline_at IS NOT NULL",
        run);
    housekeeping.reap();
    assertThat(queue.stateOf(run)).isEqualTo("canceled");
    assertThat(worker.succeed(lease)).isEqualTo("lease_lost");
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> cancel(UUID run) {
    return queue
        .client()
        .call("POST", "/v1/runs/" + run + "/cancel", null, Map.class, QueueUnderTest.TIMEOUT);
  }
}
