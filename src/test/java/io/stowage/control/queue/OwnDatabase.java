package io.stowage.control.queue;

import io.stowage.control.StatementCache;
import io.stowage.control.database.Database;
import io.stowage.control.database.Uuids;
import io.stowage.control.queue.Sessions.Times;
import io.stowage.protocol.Completion;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.SubmitRequest.ConcurrencyKey;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A migrated database for one test class, and queues over it, without any application around. */
public final class OwnDatabase implements AutoCloseable {
  static final Times TIMES =
      new Times(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(20));

  private final EmbeddedPostgres postgres;
  private final Vertx vertx = Vertx.vertx();
  private final List<Pool> pools = new ArrayList<>();

  private OwnDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  public static OwnDatabase start() throws IOException {
    return on(EmbeddedPostgres.start());
  }

  /** In a server of another version than all else is tested with. */
  static OwnDatabase on(EmbeddedPostgres postgres) {
    var own = new OwnDatabase(postgres);
    own.migrate("latest");
    return own;
  }

  /** The schema as it was at that version. */
  static OwnDatabase of(String version) throws IOException {
    var own = new OwnDatabase(EmbeddedPostgres.start());
    own.migrate(version);
    return own;
  }

  void migrate(String version) {
    Flyway.configure()
        .dataSource(postgres.getPostgresDatabase())
        .locations("db/migration/stowage")
        .schemas("stowage")
        .defaultSchema("stowage")
        .target(version)
        .load()
        .migrate();
  }

  /** A pool of its own, as a server has. */
  public Database connect() {
    return connect(new AtomicInteger());
  }

  /**
   * @param uses counts statements that are their own transactions, and transactions of several
   */
  Database connect(AtomicInteger uses) {
    var options =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(postgres.getPort())
            .setDatabase("postgres")
            .setUser("postgres")
            .setPassword("postgres")
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheSqlLimit(StatementCache.SQL_LIMIT);
    options.getProperties().put("enable_seqscan", "off");
    var pool = Pool.pool(vertx, options, new PoolOptions().setMaxSize(8));
    pools.add(pool);
    return new Database(
        () -> {
          uses.incrementAndGet();
          return pool;
        },
        () -> {
          throw new UnsupportedOperationException("nothing is read by Hibernate here");
        });
  }

  /** A queue as one server has it. */
  public static RunQueue server(Database database) {
    return server(database, _ -> {});
  }

  /** As {@link #server(Database)}, with another way of bringing word of runs. */
  static RunQueue server(Database database, Delivery outside) {
    return RunQueue.of(database, TIMES, new Counted(), System::nanoTime, outside);
  }

  @Override
  public void close() throws IOException {
    pools.forEach(pool -> pool.closeAndAwait());
    vertx.closeAndAwait();
    postgres.close();
  }

  /** Nobody looks, but at what was told outside. */
  static final class Counted implements QueueMetrics {
    final Map<String, Integer> told = new ConcurrentHashMap<>();

    @Override
    public void told(String outcome, int runs) {
      told.merge(outcome, runs, Integer::sum);
    }

    @Override
    public void claimed(Duration waited) {}

    @Override
    public void ended(String outcome) {}

    @Override
    public void submitted() {}

    @Override
    public void committed(boolean superseded) {}

    @Override
    public void lost(int leases) {}

    @Override
    public void stale(String call) {}

    @Override
    public void attempted(String outcome, @Nullable String kind) {}

    @Override
    public void answered(String call, Duration took) {}

    @Override
    public void grouped(String statement, int calls, Duration took) {}
  }

  /** A run of a queue that need not be known to any catalog. */
  static NewRun run(short queue, int priority, ConcurrencyKey... keys) {
    return run(Instant.now(), queue, priority, keys);
  }

  /** One that was asked for at that time. */
  static NewRun run(Instant asked, short queue, int priority, ConcurrencyKey... keys) {
    return new NewRun(
        Uuids.atTime(asked),
        false,
        queue,
        new RunSpec("assets", List.of("t/a"), List.of(), Map.of(), Map.of(), null, null, null),
        priority,
        4,
        null,
        null,
        null,
        List.of(keys),
        null,
        "test");
  }

  static SessionRequest session(String queue) {
    return new SessionRequest("worker", "1", 1, List.of(queue), 4, "hash", null);
  }

  public static short queueId(Database database, String name) {
    return database
        .first("SELECT id FROM stowage.queue WHERE name = $1", name)
        .orElseThrow()
        .getShort("id");
  }

  public static Completion succeeded(Lease lease) {
    return new Completion(
        lease.leaseId(), lease.runId(), "succeeded", false, Map.of("steps", 1), null);
  }

  public static Completion failed(Lease lease) {
    return new Completion(
        lease.leaseId(),
        lease.runId(),
        "failed",
        true,
        null,
        Map.of("code", "unavailable", "message", "no such luck"));
  }

  static String stateOf(Database database, UUID run) {
    return database
        .first(
            """
            SELECT l.state, r.outcome FROM stowage.run r LEFT JOIN stowage.live l ON l.run_id = r.id WHERE r.id = $1""",
            run)
        .map(row -> RunState.of(row.getShort("state"), row.getShort("outcome")).word())
        .orElseThrow();
  }

  /** A session, with what its calls bear. */
  public record Worker(RunQueue queue, SessionAnswer opened) {
    public static Worker at(RunQueue queue, String name) {
      return new Worker(queue, queue.sessions().open(session(name), "test"));
    }

    public long id() {
      return opened.id();
    }

    public String secret() {
      return Sessions.bound(opened.secret(), "test");
    }

    public List<Lease> claim(int max, Duration wait) {
      return queue
          .claims()
          .claim(id(), secret(), new io.stowage.protocol.ClaimRequest(max, wait.toMillis()))
          .leases();
    }

    public String end(Completion completion) {
      return queue
          .completions()
          .complete(id(), secret(), new io.stowage.protocol.CompleteRequest(List.of(completion)))
          .answers()
          .getFirst()
          .state();
    }
  }
}
