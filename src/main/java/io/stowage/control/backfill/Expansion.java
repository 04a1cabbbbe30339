package io.stowage.control.backfill;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.database.Database.Sql;
import io.stowage.control.ledger.Catalogs;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes a backfill's runs down, in chunks. The cursor moves with each chunk, in its transaction:
 * who goes on after a crash begins where it stands. Where two do it at once, one of them finds the
 * cursor moved, and leaves it to the other.
 */
final class Expansion {
  private static final int CHUNK = 500;
  private static final int MOST_PARTITIONS = 20_000;
  private static final int MOST_EDGES = 5_000;

  private static final String TO_DO =
      """
      SELECT plan::text AS plan, catalog_hash, expanded, retry_of FROM stowage.backfill
      WHERE id = $1 AND plan IS NOT NULL AND finished_at IS NULL""";
  private static final String CURSOR =
      "SELECT expanded FROM stowage.backfill WHERE id = $1 AND plan IS NOT NULL FOR UPDATE";
  private static final String MOVE =
      "UPDATE stowage.backfill SET expanded = $2, plan = CASE WHEN $3 THEN NULL ELSE plan END WHERE id = $1";
  private static final String RUNS =
      """
      INSERT INTO stowage.backfill_run (backfill_id, place, step, partitions, outputs, needs)
      SELECT $1, r.place, r.step, ARRAY(SELECT jsonb_array_elements_text(r.partitions::jsonb)), r.outputs, r.needs
      FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::int[]) AS r (place, step, partitions, outputs, needs)""";
  private static final String EDGES =
      """
      INSERT INTO stowage.backfill_edge (backfill_id, down, up)
      SELECT $1, e.down, e.up FROM unnest($2::int[], $3::int[]) AS e (down, up) ON CONFLICT DO NOTHING""";

  /** What is left to do of another backfill: of a run that failed, what it has not committed. */
  private static final String AGAIN =
      """
      WITH again AS MATERIALIZED (
        SELECT b.place, b.step, b.outputs, b.run_id, b.partitions, b.needs FROM stowage.backfill_run b
        WHERE b.backfill_id = $2 AND b.place >= $3 AND b.state > 2 ORDER BY b.place LIMIT $4),
      written AS (
        INSERT INTO stowage.backfill_run (backfill_id, place, step, partitions, outputs, needs)
        SELECT $1, a.place, a.step, CASE WHEN a.run_id IS NULL OR cardinality(a.partitions) = 1 THEN a.partitions ELSE ARRAY(
            SELECT p.key FROM unnest(a.partitions) WITH ORDINALITY AS p (key, n) LEFT JOIN (
              SELECT m.partition_key FROM stowage.materialization m
              WHERE m.run_id = a.run_id AND m.step = a.step AND position('/' IN m.output) = 0
              GROUP BY m.partition_key HAVING count(*) >= a.outputs) c ON c.partition_key = p.key
            WHERE c.partition_key IS NULL ORDER BY p.n) END, a.outputs, a.needs
        FROM again a RETURNING place)
      SELECT max(place) AS last, count(*) AS runs FROM written""";

  private static final String AGAIN_EDGES =
      """
      INSERT INTO stowage.backfill_edge (backfill_id, down, up)
      SELECT $1, down, up FROM stowage.backfill_edge WHERE backfill_id = $2 AND up = ANY (ARRAY(
        SELECT place FROM stowage.backfill_run WHERE backfill_id = $1 AND place BETWEEN $3 AND $4))
      ON CONFLICT DO NOTHING""";

  private final Database database;
  private final Catalogs catalogs;

  Expansion(Database database, Catalogs catalogs) {
    this.database = database;
    this.catalogs = catalogs;
  }

  /** Writes down what is not yet; does nothing where all is. */
  void complete(UUID id) {
    database.first(TO_DO, id).ifPresent(backfill -> complete(id, backfill));
  }

  private void complete(UUID id, Row backfill) {
    UUID old = backfill.getUUID("retry_of");
    if (old != null) {
      again(id, old);
      return;
    }
    var blueprint = Json.read(backfill.getString("plan"), Blueprint.class);
    String hash = backfill.getString("catalog_hash");
    var catalog =
        catalogs
            .find(hash)
            .orElseThrow(
                () ->
                    new StowageException(
                        ErrorCode.INTERNAL_ERROR, "the catalog '" + hash + "' is gone"));
    var chunk = new Chunk(id, backfill.getInteger("expanded"));
    blueprint.each(catalog.graph(), chunk::add);
    chunk.write(true);
  }

  private void again(UUID id, UUID old) {
    while (database.transaction(sql -> againSome(sql, id, old))) {
      // one chunk after the other
    }
  }

  private static boolean againSome(Sql sql, UUID id, UUID old) {
    var cursor = sql.first(CURSOR, id);
    if (cursor.isEmpty()) {
      return false;
    }
    int from = cursor.get().getInteger("expanded");
    Row written = sql.query(AGAIN, id, old, from, CHUNK).getFirst();
    Integer last = written.getInteger("last");
    boolean all = written.getLong("runs") < CHUNK;
    if (last != null) {
      sql.query(AGAIN_EDGES, id, old, from, last);
    }
    sql.query(MOVE, id, last == null ? from : last + 1, all);
    return !all;
  }

  /** Runs that are not written yet. */
  private final class Chunk {
    private final UUID id;
    private final List<Blueprint.Run> runs = new ArrayList<>();
    private int cursor;
    private int partitions;
    private boolean left;

    Chunk(UUID id, int cursor) {
      this.id = id;
      this.cursor = cursor;
    }

    void add(Blueprint.Run run) {
      if (run.place() < cursor || left) {
        return;
      }
      runs.add(run);
      partitions += run.partitions().size();
      if (runs.size() == CHUNK || partitions >= MOST_PARTITIONS) {
        write(false);
      }
    }

    void write(boolean last) {
      if (left) {
        return;
      }
      edges();
      left = !database.transaction(sql -> write(sql, last));
      cursor += runs.size();
      runs.clear();
      partitions = 0;
    }

    private boolean write(Sql sql, boolean last) {
      var at = sql.first(CURSOR, id);
      if (at.isEmpty() || at.get().getInteger("expanded") != cursor) {
        return false;
      }
      sql.query(
          RUNS,
          id,
          runs.stream().map(Blueprint.Run::place).toArray(Integer[]::new),
          runs.stream().map(Blueprint.Run::step).toArray(String[]::new),
          runs.stream().map(run -> Json.text(run.partitions())).toArray(String[]::new),
          runs.stream().map(Blueprint.Run::outputs).toArray(Integer[]::new),
          runs.stream().map(run -> run.needs().size()).toArray(Integer[]::new));
      sql.query(MOVE, id, cursor + runs.size(), last);
      return true;
    }

    /** Before the runs, so that a run never stands there without them. */
    private void edges() {
      var downs = new ArrayList<Integer>();
      var ups = new ArrayList<Integer>();
      for (Blueprint.Run run : runs) {
        for (int need : run.needs()) {
          downs.add(run.place());
          ups.add(need);
          if (downs.size() == MOST_EDGES) {
            edges(downs, ups);
          }
        }
      }
      edges(downs, ups);
    }

    private void edges(List<Integer> downs, List<Integer> ups) {
      if (!downs.isEmpty()) {
        database.query(EDGES, id, downs.toArray(Integer[]::new), ups.toArray(Integer[]::new));
        downs.clear();
        ups.clear();
      }
    }
  }
}
