package io.stowage.control.queue;

import static io.stowage.control.queue.RunLifecycleIT.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.ErrorCode;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.Lease;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Lost workers: their runs go on elsewhere; and nobody is taken for lost who could not be heard.
 */
@QuarkusTest
class ReaperIT {
  private static final Duration TTL = Duration.ofSeconds(30);

  @TestHTTPResource URI base;
  @Inject Database database;
  @Inject QueueMetrics metrics;
  @Inject Scheduler scheduler;

  private final AtomicLong clock = new AtomicLong(-5);
  private QueueUnderTest queue;
  private ScriptedWorker worker;
  private Housekeeping reaper;

  @BeforeEach
  void turnTheClockByHand() {
    scheduler.pause("reap");
    scheduler.pause("promote");
    queue = QueueUnderTest.at(base, database);
    worker = queue.worker();
    reaper = new Housekeeping(database, new Wakeups(new Waiters()), metrics, TTL, clock::get);
  }

  @AfterEach
  void letItRun() {
    scheduler.resume("reap");
    scheduler.resume("promote");
  }

  @Test
  void aLostWorkersRunIsTriedAgain() {
    UUID run = queue.submit();
    Lease lease = worker.claim();
    silence();
    trusted().reap();
    assertThat(queue.run(run))
        .satisfies(
            waiting -> {
              assertThat(waiting.state()).isEqualTo("scheduled");
              assertThat(waiting.losses()).isEqualTo(1);
              assertThat(waiting.attempts()).isZero();
            });
    refused(ErrorCode.LEASE_LOST, () -> worker.commit(lease, queue.key("raw"), ""));
    refused(ErrorCode.SESSION_GONE, () -> worker.heartbeat(lease.leaseId()));
    refused(ErrorCode.SESSION_GONE, () -> worker.claim(1, Duration.ZERO));
    refused(ErrorCode.SESSION_GONE, () -> worker.succeed(lease));

    makeDue(run);
    Lease second = queue.worker().claim();
    assertThat(second.runId()).isEqualTo(run);
    assertThat(second.attempt()).isEqualTo(1);
  }

  @Test
  void runsOfALostWorkerComeBackAsTheQueuesBudgetOfRetriesAllows() {
    database.query("UPDATE stowage.queue SET retries_per_minute = 6 WHERE name = $1", queue.name());
    for (int i = 0; i < 4; i++) {
      queue.submit();
    }
    worker.claim(4, Duration.ZERO);
    silence();
    trusted().reap();
    var seconds = secondsUntilRetries();
    assertThat(seconds).hasSize(4);
    assertThat(seconds.getLast()).isBetween(25.0, 31.0);
  }

  @Test
  void whatAWorkerGaveBackDrawsOnNoBudget() {
    database.query("UPDATE stowage.queue SET retries_per_minute = 1 WHERE name = $1", queue.name());
    queue.submit();
    queue.submit();
    worker.claim(2, Duration.ZERO);
    database.query("UPDATE stowage.session SET state = 4 WHERE id = $1", worker.session());
    reaper.reap();
    assertThat(secondsUntilRetries()).hasSize(2).allMatch(seconds -> seconds <= 0);
  }

  private List<Double> secondsUntilRetries() {
    return database
        .query(
            "SELECT extract(epoch FROM l.visible_at - clock_timestamp())::float8 AS s FROM stowage.live l"
                + " JOIN stowage.queue q ON q.id = l.queue_id WHERE q.name = $1 AND l.state = 0 ORDER BY l.visible_at",
            queue.name())
        .stream()
        .map(row -> row.getDouble("s"))
        .toList();
  }

  @Test
  void aRunThatLosesItsWorkerThriceIsDead() {
    UUID run = queue.submit();
    trusted();
    for (int loss = 1; loss <= 3; loss++) {
      worker = queue.worker();
      worker.claim();
      silence();
      reaper.reap();
      makeDue(run);
    }
    assertThat(queue.run(run))
        .satisfies(
            ended -> {
              assertThat(ended.state()).isEqualTo("dead");
              assertThat(ended.losses()).isEqualTo(3);
              assertThat(ended.error()).containsEntry("code", "crash_loop");
            });
  }

  @Test
  void aLostWorkersRunThatWasBeingCanceledIsCanceled() {
    UUID run = queue.submit();
    worker.claim();
    queue
        .client()
        .call("POST", "/v1/runs/" + run + "/cancel", null, Object.class, QueueUnderTest.TIMEOUT);
    silence();
    trusted().reap();
    assertThat(queue.stateOf(run)).isEqualTo("canceled");
  }

  @Test
  void takesNobodyForLostRightAfterItsOwnStart() {
    UUID run = queue.submit();
    worker.claim();
    silence();
    reaper.reap();
    pass(TTL.minusSeconds(1));
    reaper.reap();
    assertThat(queue.stateOf(run)).isEqualTo("running");
    pass(Duration.ofSeconds(2));
    reaper.reap();
    assertThat(queue.stateOf(run)).isEqualTo("scheduled");
  }

  @Test
  void waitsOneWholeTtlAfterAnOutage() {
    UUID run = queue.submit();
    Lease lease = worker.claim();
    trusted();
    silence();
    pass(TTL.plusSeconds(20)); // nobody was heard, since nobody could be
    reaper.reap();
    pass(TTL.minusSeconds(5));
    reaper.reap();
    assertThat(queue.stateOf(run)).isEqualTo("running");

    assertThat(worker.heartbeat(lease.leaseId()).leases()).containsEntry(lease.leaseId(), "ok");
    pass(TTL);
    reaper.reap();
    assertThat(queue.stateOf(run)).as("the worker was heard again").isEqualTo("running");
  }

  @Test
  void aDeadlineEndsALease() {
    UUID run = queue.submit();
    worker.claim();
    database.query(
        "UPDATE stowage.live SET deadline_at = clock_timestamp() - interval '1 second' WHERE run_id = $1",
        run);
    reaper.reap();
    assertThat(queue.run(run))
        .satisfies(
            waiting -> {
              assertThat(waiting.state()).isEqualTo("scheduled");
              assertThat(waiting.losses()).isEqualTo(1);
            });
  }

  @Test
  void aLeaseOfASessionThatHasEndedIsFound() {
    UUID run = queue.submit();
    worker.claim();
    database.query("UPDATE stowage.session SET state = 4 WHERE id = $1", worker.session());
    reaper.reap();
    assertThat(queue.stateOf(run)).isEqualTo("scheduled");
  }

  /** The reaper has been at work for so long that it trusts what it sees. */
  private Housekeeping trusted() {
    reaper.reap();
    for (int cycle = 0; cycle < 7; cycle++) {
      pass(Duration.ofSeconds(5));
      reaper.reap();
    }
    return reaper;
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private void silence() {
    database.query(
        "UPDATE stowage.session SET last_seen_at = clock_timestamp() - interval '2 hours' WHERE id = $1",
        worker.session());
  }

  private void makeDue(UUID run) {
    database.query(
        "UPDATE stowage.live SET visible_at = clock_timestamp() WHERE run_id = $1 AND state = 0",
        run);
    reaper.promote();
  }
}
