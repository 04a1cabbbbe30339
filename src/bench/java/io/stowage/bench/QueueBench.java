package io.stowage.bench;

import io.stowage.protocol.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The queue through HTTP, by submitters and workers that do nothing else, against a control plane
 * that runs ({@code STOWAGE_CONTROL_URL}); beside it plain SQL in the same database ({@code
 * QUARKUS_DATASOURCE_JDBC_URL} and so on), with as many clients. Payload 300 bytes; durability is
 * the database's, which is printed.
 */
final class QueueBench {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int HISTORY = 1_000_000;

  /** In fewer the JIT compilers of both sides have not seen enough of it. */
  private static final int WARMING = 40_000;

  private static final int ROUNDS = 5;

  private final QueueClient client = new QueueClient();
  // of the platform: who waits for a socket is woken by the kernel, with no hand-over between
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final RawQueue raw = new RawQueue();

  private QueueBench() throws SQLException {}

  static void run(int count) throws Exception {
    var bench = new QueueBench();
    System.out.printf(
        "synchronous_commit=on is %s, fsync=on is %s%n",
        bench.raw.number("SELECT (current_setting('synchronous_commit') = 'on')::int") == 1,
        bench.raw.number("SELECT (current_setting('fsync') = 'on')::int") == 1);
    bench.client.worker().close();
    bench.client.keepSessions();
    bench.warmUp();
    bench.besideRaw(1, 1, count);
    bench.besideRaw(8, 1, 2 * count);
    bench.besideRaw(2, 50, 10 * count);
    bench.besideRaw(4, 50, 20 * count);
    bench.raw.drop();
    bench.endsPerCommit();
    bench.waiting(count);
    bench.latency(count);
    bench.history(count);
    System.exit(0);
  }

  private void warmUp() throws Exception {
    raw.create();
    for (int batch : new int[] {1, 50}) {
      int runs = batch == 1 ? WARMING : 4 * WARMING;
      lifecycles(4, batch, runs);
      rawLifecycles(4, batch, runs);
    }
    // What the database has to do after so much, for both, it does now.
    raw.execute("VACUUM ANALYZE");
    raw.execute("CHECKPOINT");
  }

  /** In turns, so that what disturbs the machine disturbs both. */
  private void besideRaw(int clients, int batch, int runs) throws Exception {
    String what = "%d clients, batches of %d".formatted(clients, batch);
    var plain = new Figures(what + ", raw SQL");
    var ours = new Figures(what + ", HTTP");
    for (int round = 0; round < ROUNDS; round++) {
      plain.measure(runs, () -> rawLifecycles(clients, batch, runs));
      ours.measure(runs, () -> lifecycles(clients, batch, runs));
    }
    double ratio = ours.printed() / plain.printed();
    System.out.printf("%s: HTTP is %.2f of raw SQL%n", what, ratio);
  }

  /** Runs a second of several rounds, and what they cost the database. */
  private final class Figures {
    private final String what;
    private final List<Double> perSecond = new ArrayList<>();
    private long runs;
    private long wal;
    private long commits;

    Figures(String what) {
      this.what = what;
    }

    void measure(int count, Callable<Double> lifecycles) throws Exception {
      long walBefore = raw.wal();
      long commitsBefore = raw.commits();
      perSecond.add(lifecycles.call());
      wal += raw.wal() - walBefore;
      commits += raw.commits() - commitsBefore;
      runs += count;
    }

    /** The median. */
    double printed() {
      double median = Rounds.median(perSecond);
      System.out.printf(
          "%s: median %,.0f runs/s, from %,.0f to %,.0f, %d rounds; %,d bytes of WAL and %.2f commits a run%n",
          what,
          median,
          Rounds.percentile(perSecond, 0),
          Rounds.percentile(perSecond, 100),
          perSecond.size(),
          wal / runs,
          commits / (double) runs);
      return median;
    }
  }

  /** Each client submits a batch, and with the end of one batch gets the next. */
  private double lifecycles(int clients, int batch, int runs) throws Exception {
    return together(
        clients,
        runs,
        () -> {
          try (var worker = client.worker()) {
            List<Lease> leases = List.of();
            for (int done = 0; done < runs / clients; done += batch) {
              if (batch == 1) {
                client.submit();
              } else {
                client.submit(batch);
              }
              leases =
                  leases.isEmpty() ? worker.claim(batch, LONG) : worker.complete(leases, batch);
            }
            return worker.complete(leases, 0);
          }
        });
  }

  private double rawLifecycles(int clients, int batch, int runs) throws Exception {
    return together(
        clients,
        runs,
        () -> {
          try (var connection = new RawQueue()) {
            for (int done = 0; done < runs / clients; done += batch) {
              connection.lifecycle(batch);
            }
          }
          return runs;
        });
  }

  private double together(int clients, int runs, Callable<?> work) throws Exception {
    long start = System.nanoTime();
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < clients; i++) {
      all.add(threads.submit(work));
    }
    for (var each : all) {
      each.get();
    }
    return runs / ((System.nanoTime() - start) / 1e9);
  }

  private void endsPerCommit() throws Exception {
    for (int batch : new int[] {1, 10}) {
      for (int i = 0; i < 64 * batch * 20; i += 500) {
        client.submit(500);
      }
      long newest = raw.number("SELECT coalesce(max(fence), 0) FROM stowage.attempt");
      double perSecond = drain(64, batch);
      System.out.printf(
          "64 busy workers, ends of %d: %,.0f ends/s, %.1f ends for each commit that ends runs%n",
          batch,
          perSecond,
          raw.number(
                  "SELECT 100 * count(*) / count(DISTINCT xmin::text) FROM stowage.attempt WHERE fence > "
                      + newest)
              / 100.0);
    }
  }

  private double drain(int workers, int batch) throws Exception {
    var ended = new AtomicInteger();
    long start = System.nanoTime();
    together(
        workers,
        1,
        () -> {
          try (var worker = client.worker()) {
            var leases = worker.claim(batch, Duration.ZERO);
            while (!leases.isEmpty()) {
              ended.addAndGet(leases.size());
              leases = worker.complete(leases, batch);
            }
            return ended;
          }
        });
    return ended.get() / ((System.nanoTime() - start) / 1e9);
  }

  private void waiting(int count) throws Exception {
    double few = withWaiting(8, 2 * count);
    double many = withWaiting(256, 2 * count);
    System.out.printf(
        "waiting workers: 8 take %,.0f runs/s, 256 take %,.0f: %.2f of it%n",
        few, many, many / few);
  }

  private double withWaiting(int workers, int runs) throws Exception {
    var left = new CountDownLatch(runs);
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < workers; i++) {
      var worker = client.worker();
      all.add(
          threads.submit(
              () -> {
                while (left.getCount() > 0) {
                  var leases = worker.claim(1, Duration.ofSeconds(2));
                  if (!leases.isEmpty()) {
                    worker.complete(leases, 0);
                    left.countDown();
                  }
                }
                worker.close();
              }));
    }
    Thread.sleep(500);
    long start = System.nanoTime();
    together(
        4,
        runs,
        () -> {
          for (int i = 0; i < runs / 4; i++) {
            client.submit();
          }
          return runs;
        });
    left.await();
    double perSecond = runs / ((System.nanoTime() - start) / 1e9);
    for (var each : all) {
      each.get();
    }
    return perSecond;
  }

  private void latency(int count) throws Exception {
    var fromAnswer = new ArrayList<Double>();
    var fromCall = new ArrayList<Double>();
    try (var worker = client.worker()) {
      for (int i = 0; i < count; i++) {
        var claim =
            threads.submit(
                () -> {
                  var leases = worker.claim(1, LONG);
                  return new Claimed(leases, System.nanoTime());
                });
        Thread.sleep(10);
        long called = System.nanoTime();
        client.submit();
        long answered = System.nanoTime();
        Claimed claimed = claim.get();
        fromCall.add((claimed.at() - called) / 1e6);
        fromAnswer.add(Math.max(0, claimed.at() - answered) / 1e6);
        worker.complete(claimed.leases(), 0);
      }
    }
    System.out.printf(
        "submit to lease, idle worker: from the submit's answer p50 %.1f ms, p99 %.1f ms; from its call p50 %.1f ms, p99 %.1f ms%n",
        Rounds.percentile(fromAnswer, 50),
        Rounds.percentile(fromAnswer, 99),
        Rounds.percentile(fromCall, 50),
        Rounds.percentile(fromCall, 99));
  }

  private record Claimed(List<Lease> leases, long at) {}

  private void history(int count) throws Exception {
    report("before", count);
    raw.execute(
        """
        INSERT INTO stowage.run (id, queue_id, spec, priority, submitted_by, outcome, attempts, started_at, finished_at)
        SELECT uuidv7(), q.id, r.spec, 5, 'bench', 1, 1, clock_timestamp(), clock_timestamp()
        FROM (SELECT spec FROM stowage.run LIMIT 1) r, stowage.queue q, generate_series(1, %d) WHERE q.name = '%s'"""
            .formatted(HISTORY, QueueClient.QUEUE));
    raw.execute("ANALYZE stowage.run");
    report("with 1,000,000 finished runs", count);
  }

  private void report(String when, int count) throws Exception {
    var claims = new ArrayList<Double>();
    try (var worker = client.worker()) {
      for (int i = 0; i < count; i++) {
        client.submit();
        long start = System.nanoTime();
        var leases = worker.claim(1, LONG);
        claims.add((System.nanoTime() - start) / 1e6);
        worker.complete(leases, 0);
      }
    }
    System.out.printf(
        "%s: claim p50 %.2f ms, p99 %.2f ms; list newest %.1f ms, failed %.1f ms, live %.1f ms, of a queue %.1f ms%n",
        when,
        Rounds.percentile(claims, 50),
        Rounds.percentile(claims, 99),
        listed(""),
        listed("&state=failed"),
        listed("&state=live"),
        listed("&queue=" + QueueClient.QUEUE));
  }

  private double listed(String filter) {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      client.list(filter);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return Rounds.median(millis);
  }
}
