package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.protocol.Lease;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims that wait. */
@QuarkusTest
class ClaimWaitIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

  @TestHTTPResource URI base;
  @Inject Database database;
  @Inject RunQueue control;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
  }

  @Test
  void aSubmitWakesTheClaimThatWaits() throws Exception {
    var worker = queue.worker();
    var delays = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      var claim = CompletableFuture.supplyAsync(() -> worker.claim(1, LONG), VIRTUAL);
      awaitWaiting(1);
      UUID run = queue.submit();
      long submitted = System.nanoTime();
      List<Lease> leases = claim.get(10, TimeUnit.SECONDS);
      delays.add((System.nanoTime() - submitted) / 1_000_000);
      assertThat(leases).singleElement().extracting(Lease::runId).isEqualTo(run);
      worker.succeed(leases.getFirst());
    }
    delays.sort(null);
    assertThat(delays.get(10))
        .as("median in ms of %s; the fallback poll alone would be 500", delays)
        .isLessThan(250);
  }

  @Test
  void aNewerClaimOfTheSessionEndsTheOlder() throws Exception {
    var worker = queue.worker();
    var older = CompletableFuture.supplyAsync(() -> worker.claim(1, LONG), VIRTUAL);
    awaitWaiting(1);
    var newer = CompletableFuture.supplyAsync(() -> worker.claim(1, LONG), VIRTUAL);
    assertThat(older.get(10, TimeUnit.SECONDS)).isEmpty();
    queue.submit();
    assertThat(newer.get(10, TimeUnit.SECONDS)).hasSize(1);
  }

  @Test
  void eachOfManyClaimsGetsOneRun() throws Exception {
    var claims = new ArrayList<CompletableFuture<List<Lease>>>();
    for (int i = 0; i < 10; i++) {
      var worker = queue.worker();
      claims.add(CompletableFuture.supplyAsync(() -> worker.claim(1, LONG), VIRTUAL));
    }
    awaitWaiting(10);
    var runs = new ArrayList<UUID>();
    for (int i = 0; i < 10; i++) {
      runs.add(queue.submit());
    }
    var claimed = new ArrayList<UUID>();
    for (var claim : claims) {
      claim.get(15, TimeUnit.SECONDS).forEach(lease -> claimed.add(lease.runId()));
    }
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  void answersEmptyWhenTheTimeIsOver() {
    assertThat(queue.worker().claim(1, Duration.ofMillis(50))).isEmpty();
  }

  private void awaitWaiting(int claims) {
    short id =
        database
            .first("SELECT id FROM stowage.queue WHERE name = $1", queue.name())
            .orElseThrow()
            .getShort("id");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> control.claims().waiting(id) == claims);
  }
}
