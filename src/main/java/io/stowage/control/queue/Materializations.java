package io.stowage.control.queue;

import io.stowage.control.database.Database;
import io.stowage.protocol.AsOf;
import io.stowage.protocol.Json;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.ReadInput;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Current materializations, as workers ask for them in the middle of a run; lists for people are
 * the ledger's.
 */
public final class Materializations {
  static final String COLUMNS =
      """
      m.id, m.asset, m.partition_key, m.run_id, m.step, m.output, m.location, m.etag, m.checksum, m.bytes, m.row_count,
      m.schema_fingerprint, m.metadata::text AS metadata, (m.inputs -> 'read')::text AS inputs, m.committed_at, m.removed_at,
      EXISTS (SELECT 1 FROM stowage.asset_partition c
        WHERE c.asset = m.asset AND c.partition_key = m.partition_key AND c.materialization_id = m.id)
      OR (starts_with(m.asset, '@runs/') AND m.removed_at IS NULL) AS current""";
  private static final String LATEST =
      "SELECT "
          + COLUMNS
          + """
       FROM stowage.asset_partition p JOIN stowage.materialization m ON m.id = p.materialization_id
      WHERE p.asset = $1 AND p.partition_key = ANY ($2)""";

  private static final String CURRENT =
      "SELECT "
          + COLUMNS
          + """
       FROM stowage.asset_partition p JOIN stowage.materialization m ON m.id = p.materialization_id
      WHERE p.asset = $1 AND ($2::text[] IS NULL OR p.partition_key = ANY ($2))""";
  // What was current is what bore the highest fence: a commit of an older claim never was. What had
  // been wiped by then
  // was current no more, and is found to say so.
  private static final String EARLIER =
      "SELECT DISTINCT ON (m.partition_key) "
          + COLUMNS
          + """
       FROM stowage.materialization m
      WHERE m.asset = $1 AND ($2::text[] IS NULL OR m.partition_key = ANY ($2))
        AND (m.committed_at <= $3 OR m.run_id = $4)
      ORDER BY m.partition_key, (m.run_id = $4) DESC NULLS LAST, coalesce(m.removed_at <= $3, false),
        m.fence DESC, m.committed_at DESC""";
  private static final String NEWEST =
      "SELECT "
          + COLUMNS
          + """
       FROM stowage.materialization m
      WHERE m.asset = $1 AND (
        EXISTS (SELECT 1 FROM stowage.asset_partition c
          WHERE c.asset = m.asset AND c.partition_key = m.partition_key AND c.materialization_id = m.id)
        OR (starts_with(m.asset, '@runs/') AND m.removed_at IS NULL))
      ORDER BY m.id DESC LIMIT 1""";

  private final Database database;

  Materializations(Database database) {
    this.database = database;
  }

  /**
   * Those of the partitions that have one, in no order; without partitions the newest of any.
   *
   * @param asOf with a time; null for now
   */
  public List<MaterializationView> latest(
      String asset, List<String> partitions, @Nullable AsOf asOf) {
    if (asOf != null && asOf.at() != null && !partitions.isEmpty()) {
      return earlier(asset, partitions, asOf.at(), asOf.run());
    }
    var rows =
        partitions.isEmpty()
            ? database.query(NEWEST, asset)
            : database.query(LATEST, asset, partitions.toArray(String[]::new));
    return rows.stream().map(Materializations::view).toList();
  }

  /**
   * The current ones, in no order.
   *
   * @param partitions null for all
   */
  public List<MaterializationView> current(String asset, @Nullable List<String> partitions) {
    return database.query(CURRENT, asset, array(partitions)).stream()
        .map(Materializations::view)
        .toList();
  }

  /** Those that were current at that time, in no order; partitions as {@link #current}. */
  public List<MaterializationView> at(
      String asset, @Nullable List<String> partitions, Instant time) {
    return earlier(asset, partitions, time, null);
  }

  /** Those of the run, and of other partitions those that were current at that time. */
  public List<MaterializationView> ofRun(
      String asset, @Nullable List<String> partitions, UUID run, Instant time) {
    return earlier(asset, partitions, time, run);
  }

  private List<MaterializationView> earlier(
      String asset, @Nullable List<String> partitions, Instant time, @Nullable UUID run) {
    return database
        .query(EARLIER, asset, array(partitions), time.atOffset(ZoneOffset.UTC), run)
        .stream()
        .map(Materializations::view)
        .toList();
  }

  private static String @Nullable [] array(@Nullable List<String> partitions) {
    return partitions == null ? null : partitions.toArray(String[]::new);
  }

  @SuppressWarnings("unchecked")
  static MaterializationView view(Row row) {
    Map<String, ?> metadata = Json.map(row.getString("metadata"));
    return new MaterializationView(
        row.getUUID("id"),
        row.getString("asset"),
        row.getString("partition_key"),
        row.getUUID("run_id"),
        row.getString("step"),
        row.getString("output"),
        row.getString("location"),
        row.getString("etag"),
        row.getString("checksum"),
        row.getLong("bytes"),
        row.getLong("row_count"),
        row.getString("schema_fingerprint"),
        (Map<String, Map<String, Object>>) metadata,
        Arrays.asList(Json.read(row.getString("inputs"), ReadInput[].class)),
        row.getOffsetDateTime("committed_at").toInstant(),
        row.getBoolean("current"),
        row.getOffsetDateTime("removed_at") == null
            ? null
            : row.getOffsetDateTime("removed_at").toInstant());
  }
}
