package io.stowage.control.backfill;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.queue.Cancellations;
import io.stowage.control.queue.Database;
import io.stowage.control.queue.Uuids;
import io.stowage.plan.RunPlan;
import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Json;
import io.stowage.protocol.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes backfills, shows and cancels them. {@link Expander} turns their items into runs. */
public final class Backfills {
  static final List<String> ITEM_STATES =
      List.of("waiting", "live", "succeeded", "failed", "skipped", "canceled");

  private static final String ITEMS =
      """
      INSERT INTO stowage.backfill_item (backfill_id, place, step, partition_key, run_place, outputs)
      SELECT $1, i.place - 1, i.step, i.partition_key, i.run_place, i.outputs
      FROM unnest($2::text[], $3::text[], $4::int[], $5::int[])
        WITH ORDINALITY AS i (step, partition_key, run_place, outputs, place)""";
  private static final String EDGES =
      """
      INSERT INTO stowage.backfill_edge (backfill_id, down, up)
      SELECT $1, e.down, e.up FROM unnest($2::int[], $3::int[]) AS e (down, up)""";
  private static final String COUNTS =
      "SELECT state, count(*) AS n FROM stowage.backfill_item WHERE backfill_id = $1 GROUP BY state";
  private static final String CANCEL =
      "UPDATE stowage.backfill SET state = 'canceled', finished_at = clock_timestamp() WHERE id = $1 AND state = 'running' RETURNING id";
  private static final String CANCEL_ITEMS =
      "UPDATE stowage.backfill_item SET state = 5 WHERE backfill_id = $1 AND state = 0";
  private static final String LIVE =
      "SELECT DISTINCT run_id FROM stowage.backfill_item WHERE backfill_id = $1 AND state = 1 AND run_id IS NOT NULL";
  private static final int CHUNK = 5_000;

  private final Database database;
  private final Cancellations cancellations;

  public Backfills(Database database, Cancellations cancellations) {
    this.database = database;
    this.cancellations = cancellations;
  }

  /** Who asks for what. */
  public record Request(
      String queue,
      RunPlan plan,
      Map<String, Map<String, String>> overrides,
      Map<String, String> tags,
      String submittedBy) {}

  /**
   * Keeps the backfill; its runs are submitted by the expander, from the first item that needs no
   * other.
   */
  public BackfillView submit(Request request) {
    var plan = BackfillPlan.of(request.plan());
    var row = new BackfillRow();
    row.id = Uuids.atTime(Instant.now());
    row.queue = request.queue();
    row.state = "preparing";
    row.assets =
        Map.of("keys", request.plan().request().assets().stream().map(Object::toString).toList());
    row.overrides = Json.map(Json.text(request.overrides()));
    row.tags = Json.map(Json.text(request.tags()));
    row.total = plan.items().size();
    row.submittedBy = request.submittedBy();
    row.submittedAt = Instant.now();
    database.write(session -> session.persist(row));
    for (int from = 0; from < plan.items().size(); from += CHUNK) {
      insert(row.id, plan.items().subList(from, Math.min(from + CHUNK, plan.items().size())), from);
    }
    for (int from = 0; from < plan.edges().size(); from += CHUNK) {
      var edges = plan.edges().subList(from, Math.min(from + CHUNK, plan.edges().size()));
      database.query(
          EDGES,
          row.id,
          edges.stream().map(edge -> edge[0]).toArray(Integer[]::new),
          edges.stream().map(edge -> edge[1]).toArray(Integer[]::new));
    }
    database.query("UPDATE stowage.backfill SET state = 'running' WHERE id = $1", row.id);
    row.state = "running";
    return view(row);
  }

  private void insert(UUID id, List<BackfillPlan.Item> items, int from) {
    database.query(
        ITEMS.replace("i.place - 1", "i.place - 1 + " + from),
        id,
        items.stream().map(BackfillPlan.Item::step).toArray(String[]::new),
        items.stream().map(BackfillPlan.Item::partition).toArray(String[]::new),
        items.stream().map(BackfillPlan.Item::runPlace).toArray(Integer[]::new),
        items.stream().map(BackfillPlan.Item::outputs).toArray(Integer[]::new));
  }

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public BackfillView backfill(UUID id) {
    BackfillRow row = database.read(session -> session.find(BackfillRow.class, id));
    if (row == null) {
      throw new StowageException(ErrorCode.NOT_FOUND, "there is no backfill '" + id + "'");
    }
    return view(row);
  }

  /** Newest first. */
  public Page<BackfillView> list(@Nullable UUID before, int limit) {
    int most = Math.clamp(limit, 1, 200);
    UUID from = Objects.requireNonNullElse(before, new UUID(-1L, -1L));
    var rows =
        database.read(
            session ->
                session
                    .createSelectionQuery(
                        "from BackfillRow where id < :before order by id desc", BackfillRow.class)
                    .setParameter("before", from)
                    .setMaxResults(most + 1)
                    .getResultList());
    var views = rows.stream().limit(most).map(this::view).toList();
    return new Page<>(views, rows.size() > most ? views.getLast().id().toString() : null);
  }

  /** Cancels what waits and what runs; what has succeeded stands. */
  public BackfillView cancel(UUID id, String by) {
    if (database.query(CANCEL, id).isEmpty()) {
      throw new StowageException(
          ErrorCode.CONFLICT, "backfill '" + id + "' has ended: it " + backfill(id).state());
    }
    database.query(CANCEL_ITEMS, id);
    database.query(LIVE, id).forEach(row -> cancelRun(cancellations, row.getUUID("run_id"), by));
    return backfill(id);
  }

  static void cancelRun(Cancellations cancellations, UUID run, String by) {
    try {
      cancellations.cancel(run, by);
    } catch (StowageException e) {
      if (e.code() != ErrorCode.CONFLICT) { // a run that ended meanwhile has nothing to cancel
        throw e;
      }
    }
  }

  private static List<String> assets(BackfillRow row) {
    return row.assets.get("keys") instanceof List<?> keys
        ? keys.stream().map(String::valueOf).toList()
        : List.of();
  }

  private BackfillView view(BackfillRow row) {
    var counts = new TreeMap<String, Integer>();
    ITEM_STATES.forEach(state -> counts.put(state, 0));
    database
        .query(COUNTS, row.id)
        .forEach(
            count ->
                counts.put(
                    ITEM_STATES.get(count.getShort("state")), count.getLong("n").intValue()));
    return new BackfillView(
        row.id,
        row.queue,
        row.state,
        assets(row),
        row.total,
        counts,
        row.submittedBy,
        row.submittedAt,
        row.finishedAt);
  }
}
