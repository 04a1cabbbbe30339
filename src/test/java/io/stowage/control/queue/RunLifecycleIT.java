package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.protocol.Completion;
import io.stowage.protocol.Lease;
import io.stowage.protocol.ReleaseRequest;
import io.stowage.protocol.RunEvent;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The states of a run, from outside. */
@QuarkusTest
class RunLifecycleIT {
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
  void runsWhatWasSubmitted() {
    UUID run = queue.submit(queue.asking("weather", "Chur"));
    assertThat(queue.stateOf(run)).isEqualTo("queued");

    var worker = queue.worker();
    Lease lease = worker.claim();
    assertThat(lease.runId()).isEqualTo(run);
    assertThat(lease.run().assets()).containsExactly(queue.key("weather"));
    assertThat(lease.run().partitions()).containsExactly("Chur");
    assertThat(queue.stateOf(run)).isEqualTo("running");

    worker.commit(lease, queue.key("weather"), "Chur");
    assertThat(worker.succeed(lease)).isEqualTo("recorded");

    var ended = queue.run(run);
    assertThat(ended.state()).isEqualTo("succeeded");
    assertThat(ended.attempts()).isEqualTo(1);
    assertThat(ended.finishedAt()).isNotNull();
    assertThat(ended.startedAt()).isNotNull().isBeforeOrEqualTo(ended.finishedAt());
  }

  @Test
  void numbersEventsWithoutAGap() {
    UUID run = queue.submit();
    var worker = queue.worker();
    Lease lease = worker.claim();
    worker.event(lease, "one", "two");
    worker.commit(lease, queue.key("raw"), "");
    worker.event(lease, "three");
    worker.succeed(lease);

    var events =
        List.of(
            queue
                .client()
                .call(
                    "GET",
                    "/v1/runs/" + run + "/events",
                    null,
                    RunEvent[].class,
                    QueueUnderTest.TIMEOUT));
    assertThat(events)
        .extracting(RunEvent::type)
        .containsExactly("submitted", "claimed", "log", "log", "materialized", "log", "succeeded");
    assertThat(events)
        .extracting(RunEvent::n)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());

    var later =
        queue
            .client()
            .call(
                "GET",
                "/v1/runs/" + run + "/events?after=5",
                null,
                RunEvent[].class,
                QueueUnderTest.TIMEOUT);
    assertThat(later).extracting(RunEvent::n).containsExactly(6L, 7L);
  }

  @Test
  void aSuccessNeedsNoResult() {
    UUID run = queue.submit();
    var worker = queue.worker();
    Lease lease = worker.claim();
    assertThat(
            worker.complete(new Completion(lease.leaseId(), run, "succeeded", false, null, null)))
        .isEqualTo("recorded");
    assertThat(queue.stateOf(run)).isEqualTo("succeeded");
  }

  @Test
  void failsAtOnceWhereTryingAgainIsNoUse() {
    UUID run = queue.submit();
    var worker = queue.worker();
    assertThat(worker.fail(worker.claim(), false)).isEqualTo("recorded");
    assertThat(queue.run(run))
        .satisfies(
            ended -> {
              assertThat(ended.state()).isEqualTo("failed");
              assertThat(ended.error()).containsEntry("code", "asset_failed");
            });
  }

  @Test
  void triesAgainUntilItsAttemptsAreUsedUp() {
    UUID run = queue.submit(withRetries(2));
    var worker = queue.worker();
    worker.fail(worker.claim(), true);
    assertThat(queue.run(run))
        .satisfies(
            waiting -> {
              assertThat(waiting.state()).isIn("scheduled", "queued");
              assertThat(waiting.attempts()).isEqualTo(1);
            });

    makeDue(run);
    Lease second = worker.claim();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.epoch()).isEqualTo(2);
    worker.fail(second, true);
    assertThat(queue.run(run))
        .satisfies(
            ended -> {
              assertThat(ended.state()).isEqualTo("dead");
              assertThat(ended.attempts()).isEqualTo(2);
            });
  }

  @Test
  void tellsTheNextAttemptWhatIsCommitted() {
    UUID run = queue.submit(withRetries(3));
    var worker = queue.worker();
    Lease first = worker.claim();
    worker.commit(first, queue.key("raw"), "");
    worker.fail(first, true);
    makeDue(run);

    Lease second = worker.claim();
    assertThat(second.committed())
        .singleElement()
        .satisfies(
            output -> {
              assertThat(output.step()).isEqualTo(queue.key("raw"));
              assertThat(output.materialization().location()).startsWith("memory:");
              assertThat(output.materialization().metadata()).containsKey("rows");
            });
  }

  @Test
  void givesBackWithNothingCounted() {
    UUID run = queue.submit();
    var worker = queue.worker();
    Lease first = worker.claim();
    worker.release(first, "draining");
    assertThat(queue.stateOf(run)).isEqualTo("queued");

    Lease second = worker.claim();
    assertThat(second.attempt()).isEqualTo(1);
    assertThat(second.leaseId()).isNotEqualTo(first.leaseId());
    assertThat(second.fence()).isGreaterThan(first.fence());
  }

  @Test
  void doesNotOfferARunAgainToACatalogThatLacksItsAsset() {
    UUID run = queue.submit();
    var worker = queue.worker();
    worker.release(worker.claim(), ReleaseRequest.UNKNOWN_ASSET);
    assertThat(queue.stateOf(run)).isEqualTo("queued");
    assertThat(worker.claim(1, Duration.ZERO)).isEmpty();
  }

  @Test
  void waitsUntilItsTime() {
    UUID run = queue.submit(notBefore(Instant.now().plusSeconds(3600)));
    housekeeping.promote();
    assertThat(queue.stateOf(run)).isEqualTo("scheduled");
    makeDue(run);
    assertThat(queue.stateOf(run)).isEqualTo("queued");
  }

  @Test
  void closingASessionGivesItsRunsBack() {
    UUID run = queue.submit();
    var worker = queue.worker();
    Lease lease = worker.claim();
    worker.close();
    assertThat(queue.stateOf(run)).isEqualTo("queued");
    refused(ErrorCode.SESSION_GONE, () -> worker.heartbeat(lease.leaseId()));
  }

  @Test
  void givesBackALeaseWhoseClaimWasNeverAnswered() {
    UUID run = queue.submit();
    var worker = queue.worker();
    worker.claim();
    worker.heartbeat();
    assertThat(queue.stateOf(run)).isEqualTo("running");
    worker.heartbeat();
    assertThat(queue.stateOf(run)).isEqualTo("queued");
    assertThat(worker.claim().attempt()).isEqualTo(1);
  }

  @Test
  void retryMakesANewRunThatNamesTheOld() {
    UUID run = queue.submit(queue.asking("weather", "Basel"));
    var worker = queue.worker();
    worker.fail(worker.claim(), false);

    var again =
        queue
            .client()
            .call(
                "POST",
                "/v1/runs/" + run + "/retry",
                null,
                io.stowage.protocol.SubmitAnswer.class,
                QueueUnderTest.TIMEOUT);
    assertThat(again.id()).isNotEqualTo(run);
    assertThat(queue.run(again.id()).spec())
        .satisfies(
            spec -> {
              assertThat(spec.retryOf()).isEqualTo(run);
              assertThat(spec.partitions()).containsExactly("Basel");
            });
    refused(
        ErrorCode.CONFLICT,
        () ->
            queue
                .client()
                .call(
                    "POST",
                    "/v1/runs/" + again.id() + "/retry",
                    null,
                    Object.class,
                    QueueUnderTest.TIMEOUT));
  }

  private SubmitAnswer retried(UUID run, String how) {
    return queue
        .client()
        .call(
            "POST",
            "/v1/runs/" + run + "/retry" + how,
            null,
            SubmitAnswer.class,
            QueueUnderTest.TIMEOUT);
  }

  @Test
  @Tag("C35")
  void aRunThatFailedIsGoneOnWithWhereItFailed() {
    var worker = queue.worker();
    UUID run = queue.submit(queue.asking("weather", "Basel"));
    Lease lease = worker.claim();
    worker.commit(lease, queue.key("weather"), "Basel");
    worker.fail(lease, false);

    UUID second = retried(run, "").id();
    Lease goesOn = worker.claim();
    assertThat(goesOn.runId()).isEqualTo(second);
    assertThat(goesOn.committed()).hasSize(1);
    assertThat(goesOn.committed().getFirst().materialization().runId()).isEqualTo(run);
    worker.fail(goesOn, false);

    retried(second, "?from=failure");
    Lease third = worker.claim();
    assertThat(third.committed()).as("from the first of the three").hasSize(1);
    worker.succeed(third);

    retried(third.runId(), "");
    Lease anew = worker.claim();
    assertThat(anew.committed()).as("what succeeded is done again, all of it").isEmpty();
    worker.succeed(anew);
    retried(run, "?from=all");
    assertThat(worker.claim().committed()).isEmpty();
    refused(ErrorCode.INVALID_REQUEST, () -> retried(run, "?from=scratch"));
  }

  @Test
  void expiresWhatNobodyClaimedInTime() {
    UUID run = queue.submit(expiring(Instant.now().plusSeconds(3600)));
    database.query(
        "UPDATE stowage.live SET expires_at = clock_timestamp() - interval '1 second' WHERE run_id = $1",
        run);
    housekeeping.reap();
    assertThat(queue.stateOf(run)).isEqualTo("expired");
  }

  @Test
  void ordersByPriorityThenByAge() {
    UUID late = queue.submit(withPriority(9));
    UUID first = queue.submit(withPriority(5));
    UUID second = queue.submit(withPriority(5));
    UUID urgent = queue.submit(withPriority(0));
    assertThat(queue.worker().claim(4, Duration.ZERO))
        .extracting(Lease::runId)
        .containsExactly(urgent, first, second, late);
  }

  @Test
  void aPausedQueueHandsOutNothing() {
    queue.submit();
    queue
        .client()
        .call(
            "POST",
            "/v1/queues/" + queue.name() + "/pause",
            null,
            Object.class,
            QueueUnderTest.TIMEOUT);
    var worker = queue.worker();
    assertThat(worker.claim(1, Duration.ZERO)).isEmpty();
    queue
        .client()
        .call(
            "POST",
            "/v1/queues/" + queue.name() + "/resume",
            null,
            Object.class,
            QueueUnderTest.TIMEOUT);
    assertThat(worker.claim(1, Duration.ZERO)).hasSize(1);
  }

  /** Time passes. */
  private void makeDue(UUID run) {
    database.query("UPDATE stowage.live SET visible_at = clock_timestamp() WHERE run_id = $1", run);
    housekeeping.promote();
  }

  private SubmitRequest withRetries(int attempts) {
    return request(null, null, null, SubmitRequest.Retry.atMost(attempts));
  }

  private SubmitRequest withPriority(int priority) {
    return request(priority, null, null, null);
  }

  private SubmitRequest notBefore(Instant time) {
    return request(null, time, null, null);
  }

  private SubmitRequest expiring(Instant time) {
    return request(null, null, time, null);
  }

  private SubmitRequest request(
      Integer priority, Instant notBefore, Instant expires, SubmitRequest.Retry retry) {
    return SubmitRequest.of(List.of(queue.key("raw")))
        .queue(queue.name())
        .priority(priority)
        .notBefore(notBefore)
        .expires(expires)
        .retry(retry)
        .build();
  }

  static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(call)
        .extracting(StowageException::code)
        .isEqualTo(code);
  }
}
