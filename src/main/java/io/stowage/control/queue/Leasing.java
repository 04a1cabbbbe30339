package io.stowage.control.queue;

import io.stowage.control.database.Database;
import io.stowage.control.queue.WorkBatch.Done;
import io.stowage.control.queue.WorkBatch.Offer;
import io.stowage.control.queue.WorkBatch.Work;
import io.stowage.protocol.CommittedOutput;
import io.stowage.protocol.Json;
import io.stowage.protocol.Lease;
import io.stowage.protocol.LeftOutOutput;
import io.stowage.protocol.RunSpec;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Leases runs, each with a lease id that is new; calls of many sessions go together. */
final class Leasing {
  private static final String COMMITTED =
      "SELECT "
          + Materializations.COLUMNS
          + " FROM stowage.materialization m WHERE m.run_id = $1 ORDER BY m.id";
  // What a run goes on from may have gone on from another.
  private static final String LINE =
      """
      WITH RECURSIVE line (id, goes_on) AS (
        SELECT r.id, r.retry_of FROM stowage.run r WHERE r.id = $1
        UNION SELECT r.id, CASE WHEN r.spec -> 'options' ->> 'from-failure' = 'true' THEN r.retry_of END
          FROM stowage.run r JOIN line ON r.id = line.goes_on)
      """;
  private static final String COMMITTED_BEFORE =
      LINE
          + "SELECT "
          + Materializations.COLUMNS
          + " FROM line JOIN stowage.materialization m ON m.run_id = line.id WHERE m.removed_at IS NULL ORDER BY m.id";
  private static final String LEFT_OUT =
      "SELECT DISTINCT e.step, e.data ->> 'output' AS output, coalesce(e.partition_key, '') AS partition_key FROM ";
  private static final String SKIPPED = "e.type = 'output_skipped'";
  private static final String LEFT_OUT_NOW =
      LEFT_OUT + "stowage.event e WHERE e.run_id = $1 AND " + SKIPPED;
  private static final String LEFT_OUT_BEFORE =
      LINE + LEFT_OUT + "line JOIN stowage.event e ON e.run_id = line.id WHERE " + SKIPPED;
  private static final String SPEC = "SELECT spec::text AS spec FROM stowage.run WHERE id = $1";
  private static final int OLDEST_EVERY = 8;
  private static final int MOST = 100;
  private static final int MOST_OFFERS = 1_000;

  private final Database database;
  private final QueueMetrics metrics;
  // by what a session may get, so that no busy queue uses up a quiet one's turn
  private final Map<Offer, AtomicInteger> batches = new ConcurrentHashMap<>();
  private final Coalescer<Work, Done> calls;

  Leasing(Database database, QueueMetrics metrics, Grouping grouping) {
    this.database = database;
    this.metrics = metrics;
    this.calls = grouping.coalescer("work", metrics, this::execute);
  }

  static int sensible(int most) {
    return Math.clamp(most, 0, MOST);
  }

  /** Does the work with that of others who come at the same time. */
  Done together(Work work) {
    return metrics.timed(work.ends().isEmpty() ? "claim" : "complete", () -> calls.call(work));
  }

  private List<Done> execute(List<Work> works) {
    if (batches.size() > MOST_OFFERS) {
      batches.clear();
    }
    var done =
        WorkBatch.execute(
            database::query,
            works,
            offer -> batches(offer).get() % OLDEST_EVERY == OLDEST_EVERY - 1);
    var served = new HashSet<Offer>();
    for (int i = 0; i < works.size(); i++) {
      if (!done.get(i).leases().isEmpty() && served.add(works.get(i).offer())) {
        batches(works.get(i).offer()).incrementAndGet();
      }
    }
    return done;
  }

  private AtomicInteger batches(Offer offer) {
    return batches.computeIfAbsent(offer, _ -> new AtomicInteger());
  }

  Done named(Work work, List<UUID> runs) {
    return metrics.timed("claim", () -> WorkBatch.named(database::query, work, runs));
  }

  List<Lease> leases(Done done) {
    return done.leases().stream().map(this::lease).toList();
  }

  private Lease lease(Row row) {
    metrics.claimed(Duration.ofNanos((long) (row.getDouble("waited") * 1e9)));
    int epoch = row.getInteger("epoch");
    UUID run = row.getUUID("run_id");
    Long timeout = row.getLong("timeout_ms");
    RunSpec spec = Json.read(spec(row), RunSpec.class);
    boolean first = epoch == 1 && !spec.fromFailure();
    return new Lease(
        row.getUUID("lease_id"),
        run,
        epoch,
        row.getLong("fence"),
        row.getShort("attempt") + 1,
        spec,
        first ? List.of() : committed(spec.fromFailure() ? COMMITTED_BEFORE : COMMITTED, run),
        first ? List.of() : leftOut(spec.fromFailure() ? LEFT_OUT_BEFORE : LEFT_OUT_NOW, run),
        timeout == null ? null : Duration.ofMillis(timeout));
  }

  /** Of a run that has waited for long it is not read with the lease. */
  private String spec(Row row) {
    String spec = row.getString("spec");
    return spec != null
        ? spec
        : database.first(SPEC, row.getUUID("run_id")).orElseThrow().getString("spec");
  }

  private List<CommittedOutput> committed(String statement, UUID run) {
    return database.query(statement, run).stream()
        .map(
            row ->
                new CommittedOutput(
                    row.getString("step"), row.getString("output"), Materializations.view(row)))
        .toList();
  }

  private List<LeftOutOutput> leftOut(String statement, UUID run) {
    return database.query(statement, run).stream()
        .map(
            row ->
                new LeftOutOutput(
                    row.getString("step"), row.getString("output"), row.getString("partition_key")))
        .toList();
  }
}
