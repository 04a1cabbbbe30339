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
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Claims that wait at one server, which here has nobody who looks once a second. */
@Timeout(60)
class ManyClaimsIT {
  private static final int CLAIMS = 1_000;
  private static final Duration LONG = Duration.ofSeconds(15);
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
  private static final AtomicInteger STATEMENTS = new AtomicInteger();
  private static OwnDatabase own;
  private static Database database;

  private final RunQueue server = OwnDatabase.server(database);
  private final String name = "q" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void startDatabase() throws IOException {
    own = OwnDatabase.start();
    database = own.connect(STATEMENTS);
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    own.close();
  }

  @Test
  void oneItemWakesOneOfAThousandClaims() throws Exception {
    var claims = new ArrayList<CompletableFuture<List<Lease>>>();
    for (int i = 0; i < CLAIMS; i++) {
      claims.add(waiting(Worker.at(server, name)));
    }
    awaitWaiting(CLAIMS);
    awaitQuiet();

    int before = STATEMENTS.get();
    // The second is answered after whatever the first has set off.
    for (int item = 1; item <= 2; item++) {
      var run = OwnDatabase.run(OwnDatabase.queueId(database, name), 5);
      server.submissions().submit(run, null, "");
      var answered = CompletableFuture.anyOf(claims.toArray(CompletableFuture[]::new));
      assertThat(answered.get(10, TimeUnit.SECONDS))
          .asList()
          .extracting(each -> ((Lease) each).runId())
          .containsExactly(run.id());
      claims.removeIf(CompletableFuture::isDone);
      assertThat(claims).hasSize(CLAIMS - item);
    }
    assertThat(STATEMENTS.get() - before)
        .as("for each a question for the queue, a submit and a claim")
        .isEqualTo(2 * 3);
    awaitWaiting(CLAIMS - 2);
  }

  @Test
  void whatWokeALostSessionWakesTheNext() throws Exception {
    var lost = Worker.at(server, name);
    var first = waiting(lost);
    awaitWaiting(1);
    var second = waiting(Worker.at(server, name));
    awaitWaiting(2);
    database.query("UPDATE stowage.session SET state = 3 WHERE id = $1", lost.id());

    var run = OwnDatabase.run(OwnDatabase.queueId(database, name), 5);
    server.submissions().submit(run, null, "");
    assertThat(first).failsWithin(Duration.ofSeconds(10));
    assertThat(second.get(10, TimeUnit.SECONDS)).extracting(Lease::runId).containsExactly(run.id());
  }

  private static CompletableFuture<List<Lease>> waiting(Worker worker) {
    return CompletableFuture.supplyAsync(() -> worker.claim(1, LONG), VIRTUAL);
  }

  private void awaitWaiting(int claims) {
    short queue = OwnDatabase.queueId(database, name);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> server.claims().waiting(queue) == claims);
  }

  /** Each claim looks once before it waits. */
  private static void awaitQuiet() {
    var last = new AtomicInteger();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> last.getAndSet(STATEMENTS.get()) == STATEMENTS.get());
  }
}
