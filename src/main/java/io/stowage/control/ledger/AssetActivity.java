package io.stowage.control.ledger;

import io.stowage.control.database.Database;
import io.stowage.protocol.Json;
import io.stowage.protocol.MetadataSeries.Point;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How assets stand: what is stored of them, what was made of something older, what fails. */
public final class AssetActivity {
  // What was read is another materialization than the one that stands there now. All that was read
  // is joined at once: one after the other, the planner goes through all partitions for each.
  private static final String STALE =
      """
      read AS MATERIALIZED (
        SELECT p.asset AS of, p.partition_key AS key, i ->> 'asset' AS asset, i ->> 'partition' AS partition,
          (i ->> 'materialization')::uuid AS materialization
        FROM stowage.asset_partition p JOIN stowage.materialization m ON m.id = p.materialization_id
        CROSS JOIN LATERAL jsonb_array_elements(m.inputs -> 'read') AS i
        WHERE %s),
      stale AS (
        SELECT read.of, read.key FROM read
        JOIN stowage.asset_partition u ON u.asset = read.asset AND u.partition_key = read.partition
        WHERE u.materialization_id <> read.materialization)""";
  private static final String STORED =
      """
      WITH %s, stored AS (
        SELECT asset, count(*) AS partitions, max(committed_at) AS newest FROM stowage.asset_partition
        WHERE asset NOT LIKE '@runs/%%' GROUP BY asset)
      SELECT stored.*, coalesce(s.stale, 0) AS stale FROM stored
      LEFT JOIN (SELECT of, count(DISTINCT key) AS stale FROM stale GROUP BY of) s ON s.of = stored.asset"""
          .formatted(STALE.formatted("p.asset NOT LIKE '@runs/%'"));
  // Keys of many partitions come as arrays: a row for each costs more than finding it.
  private static final String PARTITIONS =
      """
      WITH %s
      SELECT false AS stale, coalesce(array_agg(partition_key), '{}') AS keys FROM stowage.asset_partition WHERE asset = $1
      UNION ALL SELECT true, coalesce(array_agg(key), '{}') FROM stale ORDER BY 1"""
          .formatted(STALE.formatted("p.asset = $1"));
  private static final String UNDER_WAY =
      """
      SELECT l.state >= 3 AS running, array_agg(coalesce(k.partition, '')) AS keys
      FROM stowage.live l JOIN stowage.run r ON r.id = l.run_id
      LEFT JOIN LATERAL jsonb_array_elements_text(r.spec -> 'partitions') AS k(partition) ON true
      WHERE l.kind = 'asset' AND r.spec -> 'assets' ? $1 GROUP BY 1 ORDER BY 1""";
  private static final String COUNTED =
      """
      SELECT a.asset, count(*) FILTER (WHERE l.state >= 3) AS running, count(*) FILTER (WHERE l.state < 3) AS queued
      FROM stowage.live l JOIN stowage.run r ON r.id = l.run_id
      CROSS JOIN LATERAL jsonb_array_elements_text(r.spec -> 'assets') AS a(asset)
      WHERE l.kind = 'asset' GROUP BY a.asset""";
  private static final String COUNTED_OF =
      """
      SELECT count(*) FILTER (WHERE l.state >= 3) AS running, count(*) FILTER (WHERE l.state < 3) AS queued
      FROM stowage.live l JOIN stowage.run r ON r.id = l.run_id WHERE l.kind = 'asset' AND r.spec -> 'assets' ? $1""";
  // failed and dead, each found by its index; what was lost with its worker failed in all of its
  // assets
  private static final String FAILED =
      """
      SELECT u.run_id, e.step, e.partition_key, coalesce(e.at, u.ended_at) AS at,
        (r.spec -> 'assets')::text AS assets, (r.spec -> 'partitions')::text AS partitions
      FROM ((SELECT run_id, ended_at FROM stowage.unsuccessful WHERE outcome = 2 ORDER BY run_id DESC LIMIT $1)
        UNION ALL (SELECT run_id, ended_at FROM stowage.unsuccessful WHERE outcome = 3 ORDER BY run_id DESC LIMIT $1)) u
      CROSS JOIN LATERAL (SELECT spec FROM stowage.run WHERE id = u.run_id OFFSET 0) r
      LEFT JOIN stowage.event e ON e.run_id = u.run_id AND e.type = 'step_failed'
      WHERE r.spec ->> 'kind' = 'asset'""";
  private static final String CURRENT =
      """
      SELECT p.asset, p.partition_key, p.committed_at, p.materialization_id FROM unnest($1::text[], $2::text[]) AS asked(asset, partition_key)
      JOIN stowage.asset_partition p USING (asset, partition_key)""";
  private static final String MOVED =
      """
      SELECT asset, count(*) AS materializations, coalesce(sum(bytes) FILTER (WHERE bytes > 0), 0)::bigint AS bytes,
        coalesce(sum(row_count) FILTER (WHERE row_count > 0), 0)::bigint AS rows
      FROM stowage.materialization WHERE id >= stowage.uuid_at(clock_timestamp() - interval '7 days') GROUP BY asset""";
  private static final String NUMBER =
      """
      m.partition_key, m.committed_at, m.run_id, (m.metadata -> $2 ->> 'value')::float8 AS value""";
  private static final String NUMERIC = "m.metadata -> $2 ->> 'type' IN ('int', 'float')";
  private static final String OVER_PARTITIONS =
      "SELECT "
          + NUMBER
          + " FROM stowage.asset_partition p JOIN stowage.materialization m ON m.id ="
          + " p.materialization_id WHERE p.asset = $1 AND "
          + NUMERIC
          + " ORDER BY p.partition_key";
  private static final String OVER_TIME =
      "SELECT * FROM (SELECT "
          + NUMBER
          + ", m.id FROM stowage.materialization m WHERE m.asset = $1 AND "
          + NUMERIC
          + " ORDER BY m.id DESC LIMIT 500) newest ORDER BY newest.id";
  private static final int MOST_FAILED = 500;

  private final Database database;

  public AssetActivity(Database database) {
    this.database = database;
  }

  /** What is stored of an asset: how many partitions, of which so many stale, last when. */
  public record Stored(long partitions, long stale, Instant newest) {}

  /** By asset. */
  public Map<String, Stored> stored() {
    var stored = new HashMap<String, Stored>();
    for (Row row : database.query(STORED)) {
      stored.put(
          row.getString("asset"),
          new Stored(row.getLong("partitions"), row.getLong("stale"), time(row, "newest")));
    }
    return stored;
  }

  /** Whether each stored partition is stale, by its key. */
  public Map<String, Boolean> stale(String asset) {
    return byKey(database.query(PARTITIONS, asset), "stale");
  }

  /** Runs that execute, and that wait. */
  public record UnderWay(long running, long queued) {}

  /** By asset that a run was asked for. */
  public Map<String, UnderWay> underWay() {
    var counts = new HashMap<String, UnderWay>();
    for (Row row : database.query(COUNTED)) {
      counts.put(
          row.getString("asset"), new UnderWay(row.getLong("running"), row.getLong("queued")));
    }
    return counts;
  }

  /** Of runs that were asked for this asset, among others. */
  public UnderWay underWay(String asset) {
    Row row = database.query(COUNTED_OF, asset).getFirst();
    return new UnderWay(row.getLong("running"), row.getLong("queued"));
  }

  /**
   * Partitions of the asset that a run under way is of, and whether one executes; the empty text
   * for runs of none.
   */
  public Map<String, Boolean> moving(String asset) {
    return byKey(database.query(UNDER_WAY, asset), "running");
  }

  /** Of a key that several rows have, what the last of them says. */
  private static Map<String, Boolean> byKey(List<Row> rows, String column) {
    var found = new HashMap<String, Boolean>();
    for (Row row : rows) {
      boolean says = row.getBoolean(column);
      for (String key : row.getArrayOfStrings("keys")) {
        found.put(key, says);
      }
    }
    return found;
  }

  /**
   * A step of a run that ended without success.
   *
   * @param step null where it is not known which failed, as with a worker that was lost
   * @param partition null or empty where the step is of several, or of none
   */
  public record Failure(
      UUID run,
      @Nullable String step,
      @Nullable String partition,
      Instant at,
      List<String> assets,
      List<String> partitions) {}

  /** Of the last runs that failed. */
  public List<Failure> failures() {
    return database.query(FAILED, (long) MOST_FAILED).stream()
        .map(
            row ->
                new Failure(
                    row.getUUID("run_id"),
                    row.getString("step"),
                    row.getString("partition_key"),
                    time(row, "at"),
                    texts(row, "assets"),
                    texts(row, "partitions")))
        .toList();
  }

  /** An asset's partition; the empty text for an asset without any. */
  public record Place(String asset, String partition) {}

  /** What is current of a partition. */
  public record Current(UUID materialization, Instant at) {}

  /** What is current; places where nothing is are left out. */
  public Map<Place, Current> current(Collection<Place> places) {
    var found = new HashMap<Place, Current>();
    for (Row row :
        database.query(
            CURRENT,
            places.stream().map(Place::asset).toArray(String[]::new),
            places.stream().map(Place::partition).toArray(String[]::new))) {
      found.put(
          new Place(row.getString("asset"), row.getString("partition_key")),
          new Current(row.getUUID("materialization_id"), time(row, "committed_at")));
    }
    return found;
  }

  /** What was stored in the last seven days. */
  public record Moved(long materializations, long bytes, long rows) {
    public static final Moved NOTHING = new Moved(0, 0, 0);

    public Moved plus(Moved more) {
      return new Moved(
          materializations + more.materializations, bytes + more.bytes, rows + more.rows);
    }
  }

  /** By asset. */
  public Map<String, Moved> moved() {
    var moved = new HashMap<String, Moved>();
    for (Row row : database.query(MOVED)) {
      moved.put(
          row.getString("asset"),
          new Moved(row.getLong("materializations"), row.getLong("bytes"), row.getLong("rows")));
    }
    return moved;
  }

  /** A number of what is current, by partition key. */
  public List<Point> overPartitions(String asset, String label) {
    return points(OVER_PARTITIONS, asset, label);
  }

  /** A number of the last materializations, oldest first. */
  public List<Point> overTime(String asset, String label) {
    return points(OVER_TIME, asset, label);
  }

  private List<Point> points(String sql, String asset, String label) {
    return database.query(sql, asset, label).stream()
        .map(
            row ->
                new Point(
                    row.getString("partition_key"),
                    time(row, "committed_at"),
                    row.getUUID("run_id"),
                    row.getDouble("value")))
        .toList();
  }

  private static List<String> texts(Row row, String column) {
    List<?> texts = Json.read(row.getString(column), List.class);
    return texts.stream().map(String::valueOf).toList();
  }

  private static Instant time(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
