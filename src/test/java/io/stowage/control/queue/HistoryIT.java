package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.control.queue.OwnDatabase.Worker;
import io.stowage.protocol.Lease;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** History is made ahead by weeks, opened by weeks, and dropped by weeks. */
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

  @Test
  void aRunThatHasWaitedForWeeksIsLeasedWithWhatItWasAskedFor() {
    RunQueue server = OwnDatabase.server(database);
    Worker worker = Worker.at(server, "patient");
    var run =
        OwnDatabase.run(
            Instant.now().minus(Duration.ofDays(40)), OwnDatabase.queueId(database, "patient"), 5);
    server.submissions().submit(run, null, "");

    Lease lease = worker.claim(1, Duration.ZERO).getFirst();
    assertThat(lease.run()).isEqualTo(run.spec());
    assertThat(worker.end(OwnDatabase.succeeded(lease))).isEqualTo("recorded");
    assertThat(worker.end(OwnDatabase.succeeded(lease))).isEqualTo("replayed");
    assertThat(OwnDatabase.stateOf(database, run.id())).isEqualTo("succeeded");
  }

  @Test
  void ofAYearOfHistoryOnlyTheRunsOwnWeeksAreOpened() {
    database.query("SELECT stowage.add_history(clock_timestamp() + interval '52 weeks')");
    assertThat(weeks()).isGreaterThan(50);
    RunQueue server = OwnDatabase.server(database);
    Worker worker = Worker.at(server, "yearly");
    short queue = OwnDatabase.queueId(database, "yearly");
    var plan = new TreeSet<String>();
    Database.Sql explained = explained(plan);
    for (int i = 0; i < 2; i++) {
      SubmitBatch.execute(
          explained, List.of(new Submissions.Entry(OwnDatabase.run(queue, 5), null, "")));
    }
    assertThat(plan).as("weeks that a submit reads").isEmpty();
    Lease lease = worker.claim(1, Duration.ZERO).getFirst();

    var done =
        WorkBatch.execute(
            explained,
            List.of(
                new WorkBatch.Work(
                    worker.id(),
                    new WorkBatch.Offer(List.of(queue), "hash", List.of("asset")),
                    List.of(OwnDatabase.succeeded(lease)),
                    1)),
            _ -> false);

    assertThat(done.getFirst().ends().getFirst().finish()).isEqualTo(RunState.SUCCEEDED.outcome());
    assertThat(done.getFirst().leases()).hasSize(1);
    assertThat(plan).as("weeks that an end and a claim read").hasSizeBetween(1, 4);
  }

  @Test
  void ofAYearOfHistoryTheReaperOpensTheWeeksAloneInWhichRunsLive() {
    database.query("SELECT stowage.add_history(clock_timestamp() + interval '52 weeks')");
    RunQueue server = OwnDatabase.server(database);
    Worker worker = Worker.at(server, "reaped");
    var run = OwnDatabase.run(OwnDatabase.queueId(database, "reaped"), 5);
    server.submissions().submit(run, null, "");
    worker.claim(1, Duration.ZERO);
    server.cancellations().cancel(run.id(), "test");
    database.query(
        "UPDATE stowage.session SET last_seen_at = clock_timestamp() - interval '2 hours' WHERE id = $1",
        worker.id());
    var plan = new TreeSet<String>();
    for (String statement : List.of(ReaperSql.LATE, ReaperSql.ORPHANS, ReaperSql.LOST)) {
      assertThat(OwnDatabase.stateOf(database, run.id())).isEqualTo("canceling");
      ReaperSql.revoke(explained(plan), statement);
    }
    assertThat(OwnDatabase.stateOf(database, run.id())).isEqualTo("canceled");
    assertThat(plan).as("weeks that the reaper opens").hasSizeBetween(1, 2);
  }

  /** Notes which weeks a statement's plan names, before it is executed. */
  private static Database.Sql explained(Set<String> plan) {
    return (sql, values) -> {
      database
          .query("EXPLAIN " + sql, values)
          .forEach(row -> tables(row.getString(0)).forEach(plan::add));
      return database.query(sql, values);
    };
  }

  private static Stream<String> tables(String planned) {
    return Pattern.compile("(run|attempt|event)_2\\d{7}\\b")
        .matcher(planned)
        .results()
        .map(MatchResult::group);
  }

  private static long weeks() {
    return database
        .first(
            "SELECT count(*) AS n FROM pg_inherits WHERE inhparent = 'stowage.event'::regclass AND inhrelid <> 'stowage.event_default'::regclass")
        .orElseThrow()
        .getLong("n");
  }
}
