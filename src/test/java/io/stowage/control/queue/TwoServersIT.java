package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.control.database.Database;
import io.stowage.control.queue.OwnDatabase.Worker;
import io.stowage.protocol.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two control planes on one database. */
@Timeout(60)
class TwoServersIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
  private static OwnDatabase own;

  private Database database;
  private RunQueue one;
  private RunQueue two;
  private Worker worker;
  private short queue;

  @BeforeAll
  static void startDatabase() throws IOException {
    own = OwnDatabase.start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    own.close();
  }

  @BeforeEach
  void startServers() {
    database = own.connect();
    one = OwnDatabase.server(database);
    two = OwnDatabase.server(own.connect());
    String name = "q" + UUID.randomUUID().toString().substring(0, 8);
    worker = Worker.at(two, name);
    queue = OwnDatabase.queueId(database, name);
    one.bulletin().start();
    two.bulletin().start();
    awaitListeners(2);
  }

  @AfterEach
  void stopServers() {
    for (RunQueue server : List.of(one, two)) {
      server.bulletin().close();
      server.leader().close();
    }
    awaitListeners(0);
  }

  @Test
  void aRunThatOneTakesInWakesAClaimAtTheOther() throws Exception {
    var delays = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      var claim = waitingClaim(worker);
      var run = OwnDatabase.run(queue, 5);
      one.submissions().submit(run, null, "");
      long submitted = System.nanoTime();
      var leases = claim.get(10, TimeUnit.SECONDS);
      delays.add((System.nanoTime() - submitted) / 1_000_000);
      assertThat(leases).extracting(Lease::runId).containsExactly(run.id());
      worker.end(OwnDatabase.succeeded(leases.getFirst()));
    }
    delays.sort(null);
    assertThat(delays.get(10))
        .as("median in ms of %s; the fallback poll alone would be 500", delays)
        .isLessThan(250);
  }

  @Test
  void hearsAgainAfterItsConnectionWasEnded() throws Exception {
    var claim = waitingClaim(worker);
    database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stowage bulletin'");
    var run = OwnDatabase.run(queue, 5);
    one.submissions().submit(run, null, "");
    assertThat(claim.get(15, TimeUnit.SECONDS)).extracting(Lease::runId).containsExactly(run.id());
  }

  @Test
  void findsWhatNobodyToldOf() throws Exception {
    var claim = waitingClaim(worker);
    var run = OwnDatabase.run(queue, 5);
    // as by a server that died right after its commit
    SubmitBatch.execute(database::query, List.of(new Submissions.Entry(run, null, "")));
    assertThat(claim.get(10, TimeUnit.SECONDS)).extracting(Lease::runId).containsExactly(run.id());
  }

  @Test
  void oneLeadsUntilItEnds() {
    assertThat(one.leader().leads()).isTrue();
    assertThat(two.leader().leads()).isFalse();
    assertThat(one.leader().leads()).isTrue();
    one.leader().close();
    assertThat(two.leader().leads()).isTrue();
    assertThat(one.leader().leads()).isFalse();
  }

  @Test
  void anotherLeadsWhenTheLeadersConnectionIsLost() {
    assertThat(one.leader().leads()).isTrue();
    database.query(
        """
        SELECT pg_terminate_backend(l.pid) FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted""");
    Awaitility.await().until(() -> two.leader().leads());
    assertThat(one.leader().leads()).isFalse();
  }

  private CompletableFuture<List<Lease>> waitingClaim(Worker of) {
    var claim = CompletableFuture.supplyAsync(() -> of.claim(1, LONG), VIRTUAL);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> of.queue().claims().waiting(queue) == 1);
    return claim;
  }

  private void awaitListeners(int count) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                database
                        .first(
                            "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'stowage bulletin'")
                        .orElseThrow()
                        .getLong("n")
                    == count);
  }
}
