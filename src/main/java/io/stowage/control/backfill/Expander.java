package io.stowage.control.backfill;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.database.Database.Sql;
import io.stowage.control.database.Uuids;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.ledger.Catalogs.Catalog;
import io.stowage.control.queue.Cancellations;
import io.stowage.control.queue.NewRun;
import io.stowage.control.queue.Submissions;
import io.stowage.control.queue.Submissions.Entry;
import io.stowage.control.queue.Submissions.Written;
import io.stowage.protocol.Json;
import io.stowage.protocol.RunSpec;
import io.vertx.mutiny.sqlclient.Row;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns the runs of backfills into runs of the queue, upstream partitions first, so many at a time.
 * A round is one short transaction that holds the backfill's row: so any server may do it, and it
 * happened or did not. Each run's id follows from its backfill and its place in it.
 */
public final class Expander {
  private static final System.Logger LOG = System.getLogger(Expander.class.getName());
  private static final int MOST_LIVE = 1_000;
  private static final int CHUNK = 500;
  private static final int LOWEST_PRIORITY = 9;
  private static final int ATTEMPTS = 4;

  private static final String UNFINISHED =
      "SELECT id FROM stowage.backfill WHERE finished_at IS NULL ORDER BY id";
  private static final String LOCK =
      """
      SELECT b.id, q.id AS queue_id, b.queue, b.state, b.catalog_hash, b.overrides::text AS overrides, b.tags::text AS tags,
        b.submitted_by, b.submitted_at, b.held_up
      FROM stowage.backfill b JOIN stowage.queue q ON q.name = b.queue
      WHERE b.id = $1 AND b.finished_at IS NULL AND b.plan IS NULL FOR UPDATE OF b""";
  private static final String READY =
      """
      SELECT place, step, partitions FROM stowage.backfill_run WHERE backfill_id = $1 AND state = 0 AND needs = 0
      ORDER BY place LIMIT greatest(0, least($2, $3 - (SELECT count(*) FROM stowage.backfill_run WHERE backfill_id = $1 AND state = 1)))""";
  private static final String LIVE =
      """
      UPDATE stowage.backfill_run SET state = 1, run_id = ($3::uuid[])[array_position($2::int[], place)]
      WHERE backfill_id = $1 AND place = ANY ($2::int[])""";
  private static final String TO_CANCEL =
      """
      SELECT b.run_id, f.canceled_by FROM stowage.backfill f JOIN stowage.backfill_run b ON b.backfill_id = f.id AND b.state = 1
      JOIN stowage.live l ON l.run_id = b.run_id AND l.state < 4
      WHERE f.id = $1 AND f.state = 'canceled'""";

  private final Database database;
  private final Submissions submissions;
  private final Cancellations cancellations;
  private final Catalogs catalogs;
  private final Expansion expansion;

  public Expander(
      Database database, Submissions submissions, Cancellations cancellations, Catalogs catalogs) {
    this.database = database;
    this.submissions = submissions;
    this.cancellations = cancellations;
    this.catalogs = catalogs;
    this.expansion = new Expansion(database, catalogs);
  }

  /** Goes on with all that have not ended; one that fails does not keep the others up. */
  public void expand() {
    for (Row backfill : database.query(UNFINISHED)) {
      UUID id = backfill.getUUID("id");
      try {
        expand(id);
      } catch (StowageException e) {
        if (e.code() == ErrorCode.UNAVAILABLE) {
          throw e;
        }
        LOG.log(Level.WARNING, "backfill {0} does not go on: {1}; tried again", id, e.getMessage());
      }
    }
  }

  /** Goes on with the backfill, as far as can be done now. */
  void expand(UUID id) {
    expansion.complete(id);
    boolean more;
    do {
      more = round(id) || cancel(id);
    } while (more);
  }

  private boolean round(UUID id) {
    var submitted = new AtomicReference<@Nullable Written>();
    boolean more =
        database.transaction(
            sql ->
                sql.first(LOCK, id).map(backfill -> round(sql, backfill, submitted)).orElse(false));
    Written written = submitted.get();
    if (written != null) {
      submissions.told(written);
    }
    return more;
  }

  private boolean round(Sql sql, Row backfill, AtomicReference<@Nullable Written> submitted) {
    var round = new Round(sql, backfill.getUUID("id"));
    round.settle();
    Optional<String> heldUp = Optional.empty();
    boolean more = false;
    if (backfill.getString("state").equals("canceled")) {
      round.cancel();
    } else if (backfill.getString("state").equals("running")) {
      var ready = sql.query(READY, backfill.getUUID("id"), CHUNK, MOST_LIVE);
      if (!ready.isEmpty()) {
        Written written = submit(sql, backfill, ready, round);
        submitted.set(written);
        heldUp = written.refusal();
        more = ready.size() == CHUNK && heldUp.isEmpty();
      }
    }
    boolean wasHeldUp = backfill.getString("held_up") != null;
    return round.count(heldUp.orElse(null), wasHeldUp) || more;
  }

  /** What the queue does not take waits on. */
  private Written submit(Sql sql, Row backfill, List<Row> ready, Round round) {
    var runs = new Runs(backfill, catalog(backfill));
    Written written =
        submissions.write(sql, ready.stream().map(runs::of).map(Expander::entry).toList());
    var places = new ArrayList<Integer>();
    var ids = new ArrayList<UUID>();
    var sizes = new ArrayList<Integer>();
    for (int i = 0; i < ready.size(); i++) {
      if (written.isThere(i)) {
        places.add(ready.get(i).getInteger("place"));
        ids.add(written.entries().get(i).run().id());
        sizes.add(ready.get(i).getArrayOfStrings("partitions").length);
      }
    }
    sql.query(
        LIVE, backfill.getUUID("id"), places.toArray(Integer[]::new), ids.toArray(UUID[]::new));
    round.submitted(sizes);
    return written;
  }

  private static Entry entry(NewRun run) {
    return new Entry(run, null, "");
  }

  /** The one it was planned by; of a backfill of before, the queue's. */
  private Optional<Catalog> catalog(Row backfill) {
    String hash = backfill.getString("catalog_hash");
    return hash == null ? catalogs.ofQueue(backfill.getString("queue")) : catalogs.find(hash);
  }

  /** Has the live runs of a canceled backfill end, however many times it is asked. */
  private boolean cancel(UUID id) {
    var live = database.query(TO_CANCEL, id);
    for (Row row : live) {
      try {
        cancellations.cancel(row.getUUID("run_id"), row.getString("canceled_by"));
      } catch (StowageException e) {
        if (e.code() != ErrorCode.CONFLICT && e.code() != ErrorCode.NOT_FOUND) {
          throw e; // a run that ended meanwhile has nothing to cancel
        }
      }
    }
    return !live.isEmpty();
  }

  /** The runs of one backfill. */
  private record Runs(
      UUID id,
      short queue,
      Optional<Catalog> catalog,
      Map<String, Map<String, String>> overrides,
      Map<String, String> tags,
      String by,
      Instant at) {
    Runs(Row backfill, Optional<Catalog> catalog) {
      this(
          backfill.getUUID("id"),
          backfill.getShort("queue_id"),
          catalog,
          overrides(backfill.getString("overrides")),
          tags(backfill.getString("tags")),
          backfill.getString("submitted_by"),
          backfill.getOffsetDateTime("submitted_at").toInstant());
    }

    NewRun of(Row ready) {
      var partitions = List.of(ready.getArrayOfStrings("partitions"));
      var spec =
          new RunSpec(
              "backfill",
              assets(ready.getString("step")),
              partitions.equals(List.of("")) ? List.of() : partitions,
              overrides,
              tags,
              null,
              id,
              null);
      return new NewRun(
          Uuids.derived(at, id + "/" + ready.getInteger("place")),
          true,
          queue,
          spec,
          LOWEST_PRIORITY,
          ATTEMPTS,
          null,
          null,
          null,
          List.of(),
          null,
          by);
    }

    /**
     * The assets of the step; the step's own name where no catalog knows it, which then is told by
     * the run.
     */
    private List<String> assets(String step) {
      return catalog
          .flatMap(each -> each.graph().step(step))
          .map(spec -> spec.outputs().stream().map(output -> output.asset().toString()).toList())
          .orElse(List.of(step));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, String>> overrides(String json) {
      return (Map<String, Map<String, String>>) (Map<String, ?>) Json.map(json);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> tags(String json) {
      return (Map<String, String>) (Map<String, ?>) Json.map(json);
    }
  }
}
