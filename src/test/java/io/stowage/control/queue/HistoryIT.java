package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.control.ScriptedWorker;
import io.stowage.control.queue.OwnDatabase.Worker;
import io.stowage.protocol.Lease;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** History is made ahead by weeks, and dropped by weeks. */
class HistoryIT {
  private static final Duration LONG_AGO = Duration.ofDays(365);

  /** As if two weeks had passed, and nothing were kept. */
  private static final Duration TWO_WEEKS_FROM_NOW = Duration.ofDays(-14);

  private static OwnDatabase own;
  private static Database database;

  @BeforeAll
  static void startDatabase() throws IOException {
    own = OwnDatabase.start();
    database = own.connect();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    own.close();
  }

  @Test
  void weeksAreThereAheadAndDroppedWhereNoRunLivesInThem() {
    RunQueue server = OwnDatabase.server(database);
    assertThat(server.history().keep(LONG_AGO)).isZero();
    assertThat(weeks()).isGreaterThanOrEqualTo(6);

    Worker worker = Worker.at(server, "default");
    var run = OwnDatabase.run(OwnDatabase.queueId(database, "default"), 5);
    server.submissions().submit(run, null, "");
    assertThat(database.query("SELECT 1 FROM ONLY stowage.run_default")).isEmpty();
    server.history().keep(TWO_WEEKS_FROM_NOW);
    assertThat(OwnDatabase.stateOf(database, run.id())).isEqualTo("queued");

    Lease lease = worker.claim(1, Duration.ZERO).getFirst();
    server
        .commits()
        .commit(
            worker.id(), worker.secret(), lease.leaseId(), ScriptedWorker.output(lease, "t/a", ""));
    assertThat(worker.end(OwnDatabase.succeeded(lease))).isEqualTo("recorded");
    assertThat(server.history().keep(TWO_WEEKS_FROM_NOW)).isPositive();
    assertThat(database.query("SELECT 1 FROM stowage.run")).isEmpty();
    assertThat(database.query("SELECT 1 FROM stowage.event")).isEmpty();
    assertThat(database.query("SELECT 1 FROM stowage.materialization"))
        .as("what was stored is told of for ever")
        .hasSize(1);

    assertThat(server.history().keep(LONG_AGO)).as("and the weeks are made again").isZero();
    assertThat(weeks()).isGreaterThanOrEqualTo(6);
  }

  private static long weeks() {
    return database
        .first(
            "SELECT count(*) AS n FROM pg_inherits WHERE inhparent = 'stowage.event'::regclass AND inhrelid <> 'stowage.event_default'::regclass")
        .orElseThrow()
        .getLong("n");
  }
}
