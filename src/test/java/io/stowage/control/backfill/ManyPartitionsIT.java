package io.stowage.control.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.DeclarationData;
import io.stowage.control.database.Database;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.queue.OwnDatabase;
import io.stowage.control.queue.OwnDatabase.Worker;
import io.stowage.control.queue.RunQueue;
import io.stowage.fixture.Declarations;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Backfills of very many partitions, and several servers that go on with them. One that runs to its
 * end has 20,000, or as many as {@code -Dbackfill.partitions=100000} says.
 */
@Timeout(600)
class ManyPartitionsIT {
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final PartitionsDefinition HOURS = PartitionsDefinition.hourly("2014-12-31T08:00");
  private static OwnDatabase own;
  private static Database database;
  private static CatalogDocument catalog;
  private static AssetGraph graph;

  private String queue;

  @BeforeAll
  static void startDatabase() throws IOException {
    own = OwnDatabase.start();
    database = own.connect();
    var assets = new Declarations();
    assets.asset("origin");
    assets.asset("hour").partitioned(HOURS).input("origin", Long.class);
    assets.asset("again").partitioned(HOURS).input("hour", Long.class);
    graph = assets.graph();
    catalog =
        new CatalogDocument(
            assets.all().stream().map(DeclarationData::of).map(ManyPartitionsIT::plain).toList(),
            Map.of());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(Map<String, ?> data) {
    return (Map<String, Object>) data;
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    own.close();
  }

  @BeforeEach
  void takeAQueue() {
    queue = "q" + UUID.randomUUID().toString().substring(0, 8);
    Worker.at(OwnDatabase.server(database), queue);
  }

  /** A server, with its own connections. */
  private record Server(Expander expander, Backfills backfills, RunQueue runs) {
    static Server start() {
      Database connected = own.connect();
      RunQueue runs = OwnDatabase.server(connected);
      var catalogs = new Catalogs(connected);
      catalogs.register(Json.hash(catalog), catalog);
      var expander = new Expander(connected, runs.submissions(), runs.cancellations(), catalogs);
      return new Server(expander, new Backfills(connected, expander, new Nudge()), runs);
    }
  }

  private UUID submit(Server server, List<String> assets, List<String> hours) {
    int total = Blueprint.total(assets, hours, graph, PartitionContext.at(NOW));
    return server
        .backfills()
        .submit(
            new Backfills.Request(
                queue,
                Json.hash(catalog),
                new Blueprint(NOW, assets, hours, Map.of()),
                total,
                Map.of(),
                Map.of(),
                new Backfills.Asked("test", null, "")))
        .id();
  }

  @Test
  void manyThousandsRunWithShortTransactionsAndASmallHeap() {
    Server server = Server.start();
    List<String> hours = hours(Integer.getInteger("backfill.partitions", 20_000));
    try (var watch = new Watch()) {
      UUID id = submit(server, List.of("origin", "hour"), hours);
      while (!ended(id)) {
        server.expander().expand();
        assertThat(count("SELECT count(*) AS n FROM stowage.live")).isLessThanOrEqualTo(1_000);
        endAllLive(1);
      }
      assertThat(state(id)).isEqualTo("succeeded");
      assertThat(backfill(id).getInteger("succeeded")).isEqualTo(hours.size() + 1);
      assertThat(runs(id)).isEqualTo(hours.size() + 1);
      assertThat(
              count("SELECT count(*) AS n FROM stowage.backfill_edge WHERE backfill_id = $1", id))
          .isZero();
      System.out.println(watch);
      assertThat(watch.longestTransaction()).isLessThan(Duration.ofSeconds(5));
      assertThat(watch.mostHeap()).as("MB of heap").isLessThan(150);
    }
  }

  @Test
  void skipsAHundredThousandBelowOneThatFailed() {
    Server server = Server.start();
    List<String> hours = hours(Integer.MAX_VALUE);
    UUID id = submit(server, List.of("origin", "hour"), hours);
    server.expander().expand();
    endAllLive(2);
    server.expander().expand();
    assertThat(state(id)).isEqualTo("failed");
    assertThat(backfill(id).getInteger("skipped")).isEqualTo(hours.size());
  }

  @Test
  void severalServersThatGoOnWithOneAtOnceSubmitNothingTwice() {
    var servers = List.of(Server.start(), Server.start(), Server.start());
    List<String> hours = hours(2_000);
    UUID id = submit(servers.getFirst(), List.of("hour", "again"), hours);
    while (!ended(id)) {
      CompletableFuture.allOf(
              servers.stream()
                  .map(each -> CompletableFuture.runAsync(each.expander()::expand, VIRTUAL))
                  .toArray(CompletableFuture[]::new))
          .join();
      assertThat(count("SELECT count(*) AS n FROM stowage.live")).isLessThanOrEqualTo(1_000);
      endAllLive(1);
    }
    assertThat(state(id)).isEqualTo("succeeded");
    assertThat(runs(id)).isEqualTo(4_000);
    assertThat(backfill(id).getInteger("succeeded")).isEqualTo(4_000);
    assertThat(
            count(
                "SELECT count(DISTINCT spec -> 'partitions' ->> 0 || (spec -> 'assets' ->> 0)) AS n FROM stowage.run WHERE backfill_id = $1",
                id))
        .isEqualTo(4_000);
  }

  @Test
  void goesOnFromTheCursorWhereAServerDiedWhileItWroteRunsDown() {
    Server dying = Server.start();
    List<String> hours = hours(5_000);
    UUID id = submit(dying, List.of("hour", "again"), hours);
    // The server dies in the chunk that would write this run: nothing of the chunk is there then.
    database.query(
        """
        CREATE FUNCTION stowage.die() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.place = 3210 THEN RAISE 'died'; END IF; RETURN NEW; END $$""");
    database.query(
        "CREATE TRIGGER die BEFORE INSERT ON stowage.backfill_run FOR EACH ROW EXECUTE FUNCTION stowage.die()");
    try {
      dying.expander().expand();
    } finally {
      database.query("DROP TRIGGER die ON stowage.backfill_run");
      database.query("DROP FUNCTION stowage.die");
    }
    assertThat(backfill(id).getInteger("expanded")).isEqualTo(3_000);
    assertThat(runs(id)).isZero();

    Server other = Server.start();
    while (!ended(id)) {
      other.expander().expand();
      endAllLive(1);
    }
    assertThat(state(id)).isEqualTo("succeeded");
    assertThat(runs(id)).isEqualTo(10_000);
  }

  @Test
  void cancelsAndForgetsAHundredThousand() {
    Server server = Server.start();
    UUID id = submit(server, List.of("origin", "hour"), hours(Integer.MAX_VALUE));
    server.expander().expand();
    database.query(
        "UPDATE stowage.backfill SET state = 'canceled', canceled_by = 'test' WHERE id = $1", id);
    server.expander().expand();
    assertThat(ended(id)).isTrue();
    assertThat(backfill(id).getInteger("canceled")).isEqualTo(backfill(id).getInteger("total"));
    assertThat(count("SELECT count(*) AS n FROM stowage.live")).isZero();

    server.backfills().forget(Duration.ofDays(1));
    assertThat(backfill(id)).isNotNull();
    database.query(
        "UPDATE stowage.backfill SET finished_at = finished_at - interval '2 days' WHERE id = $1",
        id);
    server.backfills().forget(Duration.ofDays(1));
    for (String table :
        List.of(
            "backfill WHERE id",
            "backfill_run WHERE backfill_id",
            "backfill_edge WHERE backfill_id")) {
      assertThat(count("SELECT count(*) AS n FROM stowage." + table + " = $1", id))
          .as(table)
          .isZero();
    }
  }

  /** What workers would do: each live run ends so. */
  private static void endAllLive(int outcome) {
    database.query(
        """
        WITH gone AS (DELETE FROM stowage.live RETURNING run_id)
        UPDATE stowage.run SET outcome = $1::int, finished_at = clock_timestamp() WHERE id = ANY (ARRAY(SELECT run_id FROM gone))""",
        outcome);
  }

  private static List<String> hours(int most) {
    return HOURS.keys(PartitionContext.at(NOW)).stream().limit(most).map(Object::toString).toList();
  }

  private static Row backfill(UUID id) {
    return database.first("SELECT * FROM stowage.backfill WHERE id = $1", id).orElseThrow();
  }

  private static boolean ended(UUID id) {
    return backfill(id).getValue("finished_at") != null;
  }

  private static String state(UUID id) {
    return backfill(id).getString("state");
  }

  private static long runs(UUID id) {
    return count("SELECT count(*) AS n FROM stowage.run WHERE backfill_id = $1", id);
  }

  private static long count(String sql, Object... values) {
    return database.first(sql, values).orElseThrow().getLong("n");
  }

  /** Looks at the transactions of others all the time, and now and then at what the heap holds. */
  private static final class Watch implements AutoCloseable {
    private static final int LOOKS_BETWEEN = 1_000;

    private final Database looking = own.connect();
    private final long before = held();
    private volatile long most;
    private volatile double longest;
    private volatile boolean closed;

    private Watch() {
      Thread.ofPlatform().daemon().start(this::watch);
    }

    private void watch() {
      for (int look = 0; !closed; look++) {
        longest = Math.max(longest, oldest());
        if (look % LOOKS_BETWEEN == 0) {
          most = Math.max(most, held() - before);
        }
      }
    }

    /** In megabytes, without what nobody needs any more. */
    private static long held() {
      System.gc();
      var runtime = Runtime.getRuntime();
      return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private double oldest() {
      return looking
          .first(
              """
              SELECT coalesce(extract(epoch FROM max(clock_timestamp() - xact_start)), 0)::float8 AS s
              FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'""")
          .orElseThrow()
          .getDouble("s");
    }

    Duration longestTransaction() {
      return Duration.ofMillis((long) (longest * 1000));
    }

    long mostHeap() {
      return most;
    }

    @Override
    public String toString() {
      return "longest transaction " + longest + " s, most heap " + most + " MB";
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
