package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.Json;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SweepOptions;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sweeps that nobody asked for, but the clock. */
@QuarkusTest
@Tag("C51")
class SweepsIT {
  private static final Duration DAY = Duration.ofDays(1);

  @TestHTTPResource URI base;
  @Inject Database database;
  @Inject RunQueue runs;

  private QueueUnderTest queue;
  private Instant tomorrow;

  @BeforeEach
  void takeAQueueThatHasRun() {
    queue = QueueUnderTest.at(base, database);
    ScriptedWorker worker = queue.worker();
    queue.submit();
    worker.succeed(worker.claim());
    tomorrow = Instant.now().plus(DAY).plusSeconds(60);
  }

  /** Other tests' queues got one as well. */
  @AfterEach
  void leaveNothing() {
    database.query(
        "DELETE FROM stowage.live l USING stowage.run r WHERE r.id = l.run_id AND r.submitted_by = 'stowage'");
  }

  /** Of those that were submitted, the ones of this test's queue. */
  private List<RunView> submitted(Instant now, Duration every) {
    return runs.sweeps().submitDue(now, every).stream()
        .map(queue::run)
        .filter(this::isOurs)
        .toList();
  }

  private boolean isOurs(RunView run) {
    return run.queue().equals(queue.name());
  }

  @Test
  void oneIsSubmittedInEachIntervalHoweverManyServersLook() {
    var servers =
        IntStream.range(0, 4)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> submitted(tomorrow, DAY), Thread::startVirtualThread))
            .toList();
    List<RunView> all = servers.stream().flatMap(each -> each.join().stream()).toList();

    assertThat(all).hasSize(1);
    RunView run = all.getFirst();
    assertThat(run.spec().kind()).isEqualTo("sweep");
    assertThat(run.priority()).isEqualTo(9);
    assertThat(SweepOptions.of(run.spec().options())).isEqualTo(SweepOptions.DEFAULTS);

    ScriptedWorker worker = queue.sweeper();
    Lease lease = worker.claim();
    assertThat(lease.runId()).isEqualTo(run.id());
    worker.succeed(lease);
    assertThat(submitted(tomorrow, DAY)).as("the same day").isEmpty();
    assertThat(submitted(tomorrow.plus(DAY), DAY)).as("the next").hasSize(1);
  }

  @Test
  void noneIsSubmittedWhileTheOneBeforeWaits() {
    List<RunView> first = submitted(tomorrow, DAY);

    assertThat(first).hasSize(1);
    assertThat(submitted(tomorrow.plus(DAY), DAY)).isEmpty();
  }

  @Test
  void aQueueWithTheSameCatalogGetsNone() {
    String other = "other-" + UUID.randomUUID();
    database.query(
        "INSERT INTO stowage.queue (name, catalog_hash) VALUES ($1, $2)",
        other,
        Json.hash(queue.catalog()));
    queue.worker(); // pulls from the one of them

    assertThat(submitted(tomorrow, DAY)).hasSize(1);
    assertThat(
            database.query(
                "SELECT r.id FROM stowage.run r JOIN stowage.queue q ON q.id = r.queue_id WHERE q.name = $1",
                other))
        .isEmpty();
  }

  @Test
  void zeroIsNever() {
    assertThat(runs.sweeps().submitDue(tomorrow, Duration.ZERO)).isEmpty();
  }

  @Test
  void nothingIsDueBeforeTheFirstRunIsAsOldAsAnInterval() {
    assertThat(submitted(Instant.now(), Duration.ofDays(3650))).isEmpty();
  }
}
