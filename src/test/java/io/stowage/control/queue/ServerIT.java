package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.queue.OwnDatabase.Worker;
import io.stowage.control.queue.Submissions.Entry;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.Completion;
import io.stowage.protocol.Lease;
import io.stowage.protocol.SubmitRequest.ConcurrencyKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one server does for many callers at once, on a database of its own. */
@Timeout(60)
class ServerIT {
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
  private static final ConcurrencyKey A = new ConcurrencyKey("a", 1);
  private static final ConcurrencyKey B = new ConcurrencyKey("b", 1);
  private static OwnDatabase own;
  private static Database database;

  private RunQueue server;
  private Worker worker;
  private short queue;

  @BeforeAll
  static void startDatabase() throws IOException {
    own = OwnDatabase.start();
    database = own.connect();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    own.close();
  }

  @BeforeEach
  void takeAQueue() {
    database.query("DELETE FROM stowage.live");
    database.query("DELETE FROM stowage.concurrency");
    server = OwnDatabase.server(database);
    String name = "q" + UUID.randomUUID().toString().substring(0, 8);
    worker = Worker.at(server, name);
    queue = OwnDatabase.queueId(database, name);
  }

  @Test
  void theEndOfARunBringsTheNext() {
    submit(3);
    Lease first = worker.claim(1, Duration.ZERO).getFirst();
    var answer = complete(2, OwnDatabase.succeeded(first));
    assertThat(answer.answers().getFirst().state()).isEqualTo("recorded");
    assertThat(answer.leases()).hasSize(2);
    assertThat(complete(5, ends(answer.leases())).leases()).isEmpty();
  }

  @Test
  void manyWorkersAreServedTogether() throws Exception {
    int workers = 40;
    var runs = submit(5 * workers);
    var ended = new ArrayList<CompletableFuture<List<UUID>>>();
    var all = Stream.generate(() -> Worker.at(server, name())).limit(workers).toList();
    long before = transactions();
    for (Worker each : all) {
      ended.add(CompletableFuture.supplyAsync(() -> drain(each), VIRTUAL));
    }
    var done = new ArrayList<UUID>();
    for (var each : ended) {
      done.addAll(each.get());
    }
    long commits = transactions() - before;
    assertThat(done).containsExactlyInAnyOrderElementsOf(runs);
    assertThat(runs).allMatch(run -> OwnDatabase.stateOf(database, run).equals("succeeded"));
    assertThat(commits)
        .as("database commits of %d commits and ends each", runs.size())
        .isLessThan(runs.size() / 2);
    assertThat(gaps()).isZero();
  }

  @Test
  void oneBadCompletionAmongManyIsRefusedAlone() throws Exception {
    var runs = submit(20);
    var leases = worker.claim(20, Duration.ZERO);
    var calls = new ArrayList<CompletableFuture<String>>();
    for (Lease lease : leases) {
      Object bad = lease.runId().equals(runs.get(7)) ? "\0" : "fine";
      var end =
          new Completion(
              lease.leaseId(), lease.runId(), "succeeded", false, Map.of("said", bad), null);
      calls.add(CompletableFuture.supplyAsync(() -> worker.end(end), VIRTUAL));
    }
    for (int i = 0; i < 20; i++) {
      if (i == 7) {
        assertThat(calls.get(i)).failsWithin(Duration.ofSeconds(10));
      } else {
        assertThat(calls.get(i).get()).isEqualTo("recorded");
      }
    }
    assertThat(OwnDatabase.stateOf(database, runs.get(7))).isEqualTo("running");
  }

  @Test
  void aThousandAreSubmittedInOneStatement() {
    var entries =
        IntStream.range(0, 1_000)
            .mapToObj(_ -> new Entry(OwnDatabase.run(queue, 5), null, ""))
            .toList();
    long before = transactions();
    var outcomes = server.submissions().submitAll(entries);
    assertThat(transactions() - before).isLessThan(5);
    assertThat(outcomes).hasSize(1_000).allMatch(outcome -> outcome.answer() != null);
    assertThat(worker.claim(100, Duration.ZERO))
        .extracting(Lease::runId)
        .containsExactlyElementsOf(
            entries.stream().limit(100).map(entry -> entry.run().id()).toList());
  }

  @Test
  void aBatchHasAnAnswerForEach() {
    database.query("UPDATE stowage.queue SET max_depth = 2 WHERE id = $1", queue);
    var outcomes =
        server
            .submissions()
            .submitAll(
                Stream.generate(() -> new Entry(OwnDatabase.run(queue, 5), null, ""))
                    .limit(3)
                    .toList());
    assertThat(outcomes.stream().filter(outcome -> outcome.answer() != null)).hasSize(2);
    assertThat(outcomes.getLast().refused())
        .isNotNull()
        .extracting(StowageException::code)
        .isEqualTo(ErrorCode.QUEUE_FULL);
  }

  @Test
  void oneOfTwoWithTheSameIdempotencyKeyIsReplayed() {
    var first = new Entry(OwnDatabase.run(queue, 5), "k", "h");
    var again = new Entry(OwnDatabase.run(queue, 5), "k", "h");
    var other = new Entry(OwnDatabase.run(queue, 5), "k", "another");
    var outcomes = server.submissions().submitAll(List.of(first, again, other));
    assertThat(outcomes.get(0).orThrow().replayed()).isFalse();
    assertThat(outcomes.get(1).orThrow().replayed()).isTrue();
    assertThat(outcomes.get(1).orThrow().id()).isEqualTo(first.run().id());
    assertThat(outcomes.get(2).refused())
        .isNotNull()
        .extracting(StowageException::code)
        .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void aNamedRunIsClaimedAndNoOther() {
    var runs = submit(3);
    var ledger = server.ledger();
    assertThat(ledger.claim(worker.id(), worker.secret(), List.of(runs.get(1))))
        .extracting(Lease::runId)
        .containsExactly(runs.get(1));
    assertThat(ledger.claim(worker.id(), worker.secret(), List.of(runs.get(1))))
        .as("word that comes twice")
        .isEmpty();
    assertThat(ledger.claim(worker.id(), worker.secret(), List.of(UUID.randomUUID())))
        .as("word of nothing")
        .isEmpty();
  }

  @Test
  void aRunTakesAUnitOfEachOfItsKeys() {
    UUID both = submit(A, B);
    UUID onlyA = submit(A);
    UUID onlyB = submit(B);
    assertThat(states(both, onlyA, onlyB)).containsExactly("queued", "blocked", "blocked");
    assertThat(worker.end(OwnDatabase.succeeded(worker.claim(1, Duration.ZERO).getFirst())))
        .isEqualTo("recorded");
    assertThat(states(both, onlyA, onlyB)).containsExactly("succeeded", "queued", "queued");
  }

  @Test
  void aRunThatLacksOneKeyTakesNone() {
    UUID onlyA = submit(A);
    UUID both = submit(A, B);
    UUID onlyB = submit(B);
    assertThat(states(onlyA, both, onlyB)).containsExactly("queued", "blocked", "queued");
    for (Lease lease : worker.claim(10, Duration.ZERO)) {
      worker.end(OwnDatabase.succeeded(lease));
    }
    assertThat(states(onlyA, both, onlyB)).containsExactly("succeeded", "queued", "succeeded");
  }

  @Test
  void keysAreNeverAboveTheirLimit() throws Exception {
    var keys = List.of(new ConcurrencyKey("a", 2), new ConcurrencyKey("b", 3));
    var submits = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 60; i++) {
      ConcurrencyKey[] some =
          switch (i % 3) {
            case 0 -> new ConcurrencyKey[] {keys.get(0)};
            case 1 -> new ConcurrencyKey[] {keys.get(1)};
            default -> new ConcurrencyKey[] {keys.get(0), keys.get(1)};
          };
      submits.add(
          CompletableFuture.runAsync(
              () -> server.submissions().submit(OwnDatabase.run(queue, 5, some), null, ""),
              VIRTUAL));
    }
    for (var each : submits) {
      each.get();
    }
    var drained = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 0; i < 8; i++) {
      Worker each = Worker.at(server, name());
      drained.add(CompletableFuture.supplyAsync(() -> drainKeyed(each), VIRTUAL));
    }
    int ended = 0;
    for (var each : drained) {
      ended += each.get();
    }
    assertThat(ended).isEqualTo(60);
    assertThat(
            database
                .first("SELECT sum(in_use)::int AS n FROM stowage.concurrency")
                .orElseThrow()
                .getInteger("n"))
        .isZero();
  }

  @Test
  void retriesOfAQueueLeaveAsItsBudgetAllows() {
    database.query("UPDATE stowage.queue SET retries_per_minute = 6 WHERE id = $1", queue);
    submit(4);
    for (Lease lease : worker.claim(4, Duration.ZERO)) {
      worker.end(OwnDatabase.failed(lease));
    }
    var delays =
        database
            .query(
                "SELECT extract(epoch FROM visible_at - clock_timestamp())::float8 AS s FROM stowage.live WHERE queue_id = $1 ORDER BY visible_at",
                queue)
            .stream()
            .map(row -> row.getDouble("s"))
            .toList();
    assertThat(delays).hasSize(4);
    assertThat(delays.get(3)).isBetween(25.0, 31.0);
    assertThat(delays.get(3) - delays.get(2)).isBetween(9.0, 11.0);
  }

  @Test
  void noRetryLeavesOnceTheBudgetIsUsedUpUntilItComesBack() {
    database.query("UPDATE stowage.queue SET retries_per_minute = 2 WHERE id = $1", queue);
    submit(3);
    failAll(worker.claim(3, Duration.ZERO));
    assertThat(retriedAfter(Duration.ofSeconds(5))).as("what the budget allows").hasSize(1);
    assertThat(retriedAfter(Duration.ofSeconds(20))).as("the budget is used up").isEmpty();
    assertThat(retriedAfter(Duration.ofSeconds(10))).as("and comes back").hasSize(1);

    submit(2);
    failAll(worker.claim(2, Duration.ZERO));
    assertThat(retriedAfter(Duration.ofSeconds(30))).as("who waited longer").hasSize(1);
    assertThat(retriedAfter(Duration.ofSeconds(20))).isEmpty();
    assertThat(retriedAfter(Duration.ofSeconds(10))).hasSize(1);
    assertThat(retriedAfter(Duration.ofSeconds(30))).hasSize(1);

    retriedAfter(Duration.ofHours(1));
    submit(2);
    failAll(worker.claim(2, Duration.ZERO));
    assertThat(retriedAfter(Duration.ofSeconds(5))).as("nothing is owed for long").hasSize(1);
    assertThat(retriedAfter(Duration.ofSeconds(20))).as("nor is anything saved").isEmpty();
  }

  @Test
  void aQueueThatHasUsedUpItsBudgetHoldsNoOtherUp() {
    database.query("UPDATE stowage.queue SET retries_per_minute = 1 WHERE id = $1", queue);
    submit(2);
    failAll(worker.claim(2, Duration.ZERO));
    String name = "q" + UUID.randomUUID().toString().substring(0, 8);
    worker = Worker.at(server, name);
    queue = OwnDatabase.queueId(database, name);
    submit(3);
    failAll(worker.claim(3, Duration.ZERO));
    assertThat(retriedAfter(Duration.ofSeconds(5))).hasSize(3);
  }

  private void failAll(List<Lease> leases) {
    leases.forEach(
        lease -> assertThat(worker.end(OwnDatabase.failed(lease))).isEqualTo("recorded"));
  }

  /** What is tried again once so much time has passed, as far as the database can tell. */
  private List<Lease> retriedAfter(Duration time) {
    double seconds = time.toSeconds();
    database.query(
        "UPDATE stowage.live SET visible_at = visible_at - make_interval(secs => $1) WHERE state = 0",
        seconds);
    database.query(
        "UPDATE stowage.queue SET retry_at = retry_at - make_interval(secs => $1)", seconds);
    server.housekeeping().promote();
    return worker.claim(10, Duration.ZERO);
  }

  @Test
  void aFailureSaysHowLongToWait() {
    submit(1);
    Lease lease = worker.claim(1, Duration.ZERO).getFirst();
    worker.end(
        new Completion(
            lease.leaseId(),
            lease.runId(),
            "failed",
            true,
            null,
            Map.of("code", "unavailable"),
            Duration.ofMinutes(7),
            List.of()));
    assertThat(
            database
                .first(
                    "SELECT extract(epoch FROM visible_at - clock_timestamp())::float8 AS s FROM stowage.live WHERE run_id = $1",
                    lease.runId())
                .orElseThrow()
                .getDouble("s"))
        .isBetween(418.0, 423.0);
  }

  @Test
  void nothingStarvesBehindMoreUrgentRuns() {
    UUID patient = server.submissions().submit(OwnDatabase.run(queue, 9), null, "").id();
    var claimed = new ArrayList<UUID>();
    for (int i = 0; i < 8; i++) {
      server.submissions().submit(OwnDatabase.run(queue, 0), null, "");
      server.submissions().submit(OwnDatabase.run(queue, 0), null, "");
      worker.claim(1, Duration.ZERO).forEach(lease -> claimed.add(lease.runId()));
    }
    assertThat(claimed.subList(0, 7)).doesNotContain(patient);
    assertThat(claimed.get(7)).isEqualTo(patient);
  }

  @Test
  void repeatedCommitsAtTheSameTimeAreOne() throws Exception {
    submit(1);
    Lease lease = worker.claim(1, Duration.ZERO).getFirst();
    CommitRequest request = io.stowage.control.ScriptedWorker.output(lease, "t/a", "");
    var calls = new ArrayList<CompletableFuture<UUID>>();
    for (int i = 0; i < 12; i++) {
      calls.add(
          CompletableFuture.supplyAsync(
              () ->
                  server
                      .commits()
                      .commit(worker.id(), worker.secret(), lease.leaseId(), request)
                      .materializationId(),
              VIRTUAL));
    }
    UUID first = calls.getFirst().get();
    for (var call : calls) {
      assertThat(call.get()).isEqualTo(first);
    }
    assertThat(gaps()).isZero();
  }

  @Test
  void aForgedLeaseAmongGoodOnesWritesNothing() {
    submit(1);
    Lease lease = worker.claim(1, Duration.ZERO).getFirst();
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(
            () ->
                server
                    .commits()
                    .commit(
                        worker.id(),
                        worker.secret(),
                        UUID.randomUUID(),
                        io.stowage.control.ScriptedWorker.output(lease, "t/forged", "")))
        .matches(refused -> refused.code() == ErrorCode.LEASE_LOST);
    assertThat(database.query("SELECT 1 FROM stowage.materialization WHERE asset = 't/forged'"))
        .isEmpty();
  }

  private String name() {
    return database
        .first("SELECT name FROM stowage.queue WHERE id = $1", queue)
        .orElseThrow()
        .getString("name");
  }

  private List<UUID> submit(int runs) {
    return IntStream.range(0, runs)
        .mapToObj(_ -> server.submissions().submit(OwnDatabase.run(queue, 5), null, "").id())
        .toList();
  }

  private UUID submit(ConcurrencyKey... keys) {
    return server.submissions().submit(OwnDatabase.run(queue, 5, keys), null, "").id();
  }

  private static List<String> states(UUID... runs) {
    return Stream.of(runs).map(run -> OwnDatabase.stateOf(database, run)).toList();
  }

  private io.stowage.protocol.CompleteAnswer complete(int claim, Completion... ends) {
    return server
        .completions()
        .complete(worker.id(), worker.secret(), new CompleteRequest(List.of(ends), claim));
  }

  private static Completion[] ends(List<Lease> leases) {
    return leases.stream().map(OwnDatabase::succeeded).toArray(Completion[]::new);
  }

  /** Claims, commits and ends until there is nothing left. */
  private List<UUID> drain(Worker each) {
    var done = new ArrayList<UUID>();
    var leases = each.claim(1, Duration.ZERO);
    while (!leases.isEmpty()) {
      Lease lease = leases.getFirst();
      server
          .commits()
          .commit(
              each.id(),
              each.secret(),
              lease.leaseId(),
              io.stowage.control.ScriptedWorker.output(lease, "t/a", ""));
      done.add(lease.runId());
      leases =
          server
              .completions()
              .complete(
                  each.id(),
                  each.secret(),
                  new CompleteRequest(List.of(OwnDatabase.succeeded(lease)), 1))
              .leases();
    }
    return done;
  }

  /** Looks at the limits while it holds a run. */
  private int drainKeyed(Worker each) {
    int ended = 0;
    int idle = 0;
    while (idle < 20) {
      var leases = each.claim(1, Duration.ofMillis(20));
      idle = leases.isEmpty() ? idle + 1 : 0;
      for (Lease lease : leases) {
        assertThat(
                database.query(
                    """
                    SELECT k FROM stowage.live, unnest(concurrency_keys, concurrency_max) AS u (k, m)
                    WHERE state >= 2 GROUP BY k, m HAVING count(*) > m"""))
            .isEmpty();
        each.end(OwnDatabase.succeeded(lease));
        ended++;
      }
      server.housekeeping().promote();
    }
    return ended;
  }

  /** Runs whose events have gaps. */
  private static int gaps() {
    return database
        .query(
            "SELECT run_id FROM stowage.event GROUP BY run_id HAVING max(n) <> count(*) OR min(n) <> 1")
        .size();
  }

  /** Transactions that wrote anything, so far. */
  private static long transactions() {
    return database
        .first("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS n")
        .orElseThrow()
        .getLong("n");
  }
}
